namespace Rhytid.Training.Schedules;

/// <summary>The learning rate of every epoch.</summary>
public interface ISchedule
{
    /// <summary>The learning rate of an epoch.</summary>
    /// <param name="epoch">From 0; each epoch is asked for once, in order.</param>
    /// <param name="validationLoss">The loss that the epoch before had on the validation part, or null where it was not
    /// measured.</param>
    double LearningRate(int epoch, double? validationLoss = null);

    /// <summary>What has to be saved to go on later.</summary>
    IReadOnlyDictionary<string, double> State { get; }

    /// <summary>Goes on where a saved schedule was.</summary>
    void Restore(IReadOnlyDictionary<string, double> state);
}
