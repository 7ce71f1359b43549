using System.Globalization;
using Rhytid.Synthesis.Portraits;
using Rhytid.Torch;

namespace Rhytid.Training.Augmentation;

/// <summary>Multiplies red, green and blue apart, as another light or white balance does.</summary>
public sealed record ColorCast : PixelOperation
{
    private const int Channels = 3;

    /// <inheritdoc/>
    public override string Name => "color-cast";

    /// <summary>Furthest that a factor is from 1.</summary>
    public double Strength { get; init; } = 0.1;

    /// <inheritdoc/>
    public override string Magnitudes =>
        string.Create(CultureInfo.InvariantCulture, $"factors {1 - Strength:0.##}-{1 + Strength:0.##}");

    internal override Tensor Apply(Tensor photo, ref SeededRandom random)
    {
        var factors = new float[Channels];
        for (var c = 0; c < Channels; c++)
            factors[c] = random.Range((float)(1 - Strength), (float)(1 + Strength));
        return (photo * Tensor.From(factors, 1, Channels, 1, 1).To(photo.Device)).Clamp(0, 255);
    }
}
