using System.Globalization;
using Rhytid.Synthesis.Portraits;
using Rhytid.Torch;

namespace Rhytid.Training.Augmentation;

/// <summary>Adds independent normal noise to every level; the variance is drawn uniformly.</summary>
public sealed record GaussianNoise : PixelOperation
{
    /// <inheritdoc/>
    public override string Name => "noise";

    /// <summary>Smallest variance, on the scale 0 to 255.</summary>
    public double MinVariance { get; init; } = 10;

    /// <summary>Largest variance, on the scale 0 to 255.</summary>
    public double MaxVariance { get; init; } = 50;

    /// <inheritdoc/>
    public override string Magnitudes =>
        string.Create(CultureInfo.InvariantCulture, $"variance {MinVariance:0.##}-{MaxVariance:0.##}");

    internal override Tensor Apply(Tensor photo, ref SeededRandom random)
    {
        var deviation = MathF.Sqrt(random.Range((float)MinVariance, (float)MaxVariance));
        var noise = Tensor.Empty(photo.Shape);
        Fill(noise.AsSpan<float>(), deviation, ref random);
        return (photo + noise.To(photo.Device)).Clamp(0, 255);
    }

    // Box and Muller, 1958: two uniform numbers make two normal ones.
    internal static void Fill(Span<float> noise, float deviation, ref SeededRandom random)
    {
        for (var i = 0; i < noise.Length; i += 2)
        {
            var radius = deviation * MathF.Sqrt(-2 * MathF.Log(1 - random.Unit()));
            var (sin, cos) = MathF.SinCos(2 * MathF.PI * random.Unit());
            noise[i] = radius * cos;
            if (i + 1 < noise.Length)
                noise[i + 1] = radius * sin;
        }
    }
}
