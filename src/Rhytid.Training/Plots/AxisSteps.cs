namespace Rhytid.Training.Plots;

/// <summary>Round numbers for axes.</summary>
public static class AxisSteps
{
    private static readonly int[] Factors = [1, 2, 5, 10];

    /// <summary>
    /// The smallest of 1, 2, 5, 10, 20, 50, ... and their tenths by which an axis up to a value has at most some steps.
    /// </summary>
    public static double For(double maximum, int mostSteps)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mostSteps);
        if (!(maximum > 0) || !double.IsFinite(maximum))
            return 1;
        var exact = maximum / mostSteps;
        var power = Math.Pow(10, Math.Floor(Math.Log10(exact)));
        // A hair of tolerance: 0.3 / 3 is a little more than 0.1.
        return power * Factors.First(factor => factor * power >= exact * (1 - 1e-9));
    }

    /// <summary>How a value on an axis of such steps is written.</summary>
    public static string Label(double value, double step) =>
        value.ToString(
            $"F{Math.Max(0, (int)-Math.Floor(Math.Log10(step) + 1e-9))}",
            System.Globalization.CultureInfo.InvariantCulture);
}
