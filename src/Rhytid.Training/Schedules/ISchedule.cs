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

/// <summary>One learning rate for all epochs (Kim, Bui).</summary>
/// <param name="rate">The learning rate.</param>
public sealed class Constant(double rate) : StatelessSchedule
{
    /// <inheritdoc/>
    protected override double At(int epoch) => rate;
}

/// <summary>
/// Half a cosine from the maximum to the minimum over all epochs, then the minimum (WDS's own recipe).
/// </summary>
/// <param name="epochs">Epochs until the minimum.</param>
/// <param name="maximum">Learning rate of the first epoch.</param>
/// <param name="minimum">Learning rate at the end.</param>
public sealed class CosineDecay(int epochs, double maximum, double minimum = 0) : StatelessSchedule
{
    /// <inheritdoc/>
    protected override double At(int epoch) =>
        minimum + (0.5 * (maximum - minimum) * (1 + Math.Cos(Math.PI * Math.Min(epoch, epochs) / epochs)));
}
