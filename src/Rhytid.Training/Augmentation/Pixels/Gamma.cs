using System.Globalization;
using Rhytid.Synthesis.Portraits;
using Rhytid.Torch;

namespace Rhytid.Training.Augmentation;

/// <summary>Bends the photo's tone curve: 255 (v / 255)^g, g between 1 / (1 + strength) and 1 + strength.</summary>
public sealed record Gamma : PixelOperation
{
    private const int Levels = 255;

    /// <inheritdoc/>
    public override string Name => "gamma";

    /// <summary>How far the exponent may be from 1.</summary>
    public double Strength { get; init; } = 0.4;

    /// <inheritdoc/>
    public override string Magnitudes =>
        string.Create(CultureInfo.InvariantCulture, $"exponent {1 / (1 + Strength):0.##}-{1 + Strength:0.##}");

    internal override Tensor Apply(Tensor photo, ref SeededRandom random)
    {
        var most = Math.Log(1 + Strength);
        return (photo * (1.0 / Levels)).Clamp(0, 1).Pow(Math.Exp(random.Range((float)-most, (float)most))) * Levels;
    }
}
