namespace Rhytid.Training.Schedules;

/// <summary>
/// Warm-up from a small learning rate, then (1 - t / T) to a power (BiSeNet's recipe: 1e-5 to 1e-2 over 1,000
/// iterations, power 0.9). Counts whatever it is asked for, epochs or iterations.
/// </summary>
/// <param name="total">T, with the warm-up.</param>
/// <param name="maximum">Learning rate after the warm-up.</param>
/// <param name="power">The power.</param>
/// <param name="warmUp">Length of the warm-up.</param>
/// <param name="start">Learning rate at its beginning; it grows exponentially.</param>
public sealed class PolynomialDecay(int total, double maximum, double power = 0.9, int warmUp = 0, double start = 1e-5)
    : StatelessSchedule
{
    /// <inheritdoc/>
    protected override double At(int epoch) => epoch < warmUp
        ? start * Math.Pow(maximum / start, (double)epoch / warmUp)
        : maximum * Math.Pow(1 - ((double)Math.Min(epoch, total) / total), power);
}
