namespace Rhytid.Training.Schedules;

/// <summary>
/// SGDR (Loshchilov and Hutter, 2017): the learning rate falls along half a cosine within a period, then starts again
/// at its maximum; each period is longer than the one before, each maximum lower.
/// </summary>
/// <param name="period">Epochs of the first period.</param>
/// <param name="maximum">Learning rate at the beginning of the first period.</param>
/// <param name="minimum">Learning rate towards which each period falls.</param>
/// <param name="growth">Factor from one period's length to the next.</param>
/// <param name="decay">Factor from one period's maximum to the next: 1 in Moon's stage 1, 0.9 in stage 2.</param>
public sealed class CosineRestarts(int period, double maximum, double minimum = 0, int growth = 2, double decay = 1)
    : StatelessSchedule
{
    /// <inheritdoc/>
    protected override double At(int epoch)
    {
        var (length, top, t) = (period, maximum, epoch);
        while (t >= length)
        {
            t -= length;
            length *= growth;
            top *= decay;
        }
        return minimum + (0.5 * (top - minimum) * (1 + Math.Cos(Math.PI * t / length)));
    }
}
