namespace Rhytid.Training.Schedules;

/// <summary>A schedule that depends on nothing but the epoch.</summary>
public abstract class StatelessSchedule : ISchedule
{
    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> State { get; } = new Dictionary<string, double>();

    /// <inheritdoc/>
    public double LearningRate(int epoch, double? validationLoss = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        return At(epoch);
    }

    /// <inheritdoc/>
    public void Restore(IReadOnlyDictionary<string, double> state)
    {
    }

    /// <summary>The learning rate of an epoch.</summary>
    protected abstract double At(int epoch);
}
