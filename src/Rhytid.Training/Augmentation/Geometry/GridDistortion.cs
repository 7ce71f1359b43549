using System.Globalization;
using Rhytid.Synthesis.Portraits;
using Rhytid.Torch.Nn;

namespace Rhytid.Training.Augmentation;

/// <summary>
/// Cuts each axis into equal intervals and lets each show a part of the picture that is longer or shorter than itself
/// by a factor
/// 1 + U(-limit, limit): piecewise linear, the left and upper edges stay where they are.
/// </summary>
public sealed record GridDistortion : GeometricOperation
{
    /// <inheritdoc/>
    public override string Name => "grid-distortion";

    /// <summary>Intervals of each axis.</summary>
    public int Steps { get; init; } = 5;

    /// <summary>Largest change of an interval's length, as a share of it; below 1.</summary>
    public double Limit { get; init; } = 0.3;

    /// <inheritdoc/>
    public override string Magnitudes =>
        string.Create(CultureInfo.InvariantCulture, $"{Steps} steps, limit {Limit:0.##}");

    internal override Warp Draw(ref SeededRandom random, Size2 size)
    {
        var (x, y) = (DrawFactors(ref random), DrawFactors(ref random));
        return (xs, ys) =>
        {
            Stretch(xs, x, size.Width);
            Stretch(ys, y, size.Height);
        };
    }

    private double[] DrawFactors(ref SeededRandom random)
    {
        var factors = new double[Steps];
        foreach (ref var factor in factors.AsSpan())
            factor = 1 + random.Range((float)-Limit, (float)Limit);
        return factors;
    }

    // The first slope holds everywhere; each interval's start adds what the slope changes there.
    private static void Stretch(Span<float> places, double[] factors, long length)
    {
        foreach (ref var place in places)
        {
            var stretched = place * factors[0];
            for (var i = 1;
                i < factors.Length && (double)i * length / factors.Length is var start && place > start;
                i++)
                    stretched += (place - start) * (factors[i] - factors[i - 1]);
            place = (float)stretched;
        }
    }
}
