namespace Rhytid.Training.Schedules;

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
