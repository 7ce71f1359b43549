using System.Globalization;
using Rhytid.Synthesis.Portraits;
using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Training.Augmentation;

/// <summary>
/// Shrinks the photo by area and enlarges it again, as a face that was small in its photo comes to the network.
/// </summary>
public sealed record LowResolution : PixelOperation
{
    /// <inheritdoc/>
    public override string Name => "low-resolution";

    /// <summary>Largest factor by which it is shrunk; the factor's logarithm is drawn uniformly from 1 on.</summary>
    public double MaxFactor { get; init; } = 3;

    /// <inheritdoc/>
    public override string Magnitudes => string.Create(CultureInfo.InvariantCulture, $"factor 1-{MaxFactor:0.##}");

    internal override Tensor Apply(Tensor photo, ref SeededRandom random)
    {
        var factor = Math.Exp(random.Range(0, (float)Math.Log(MaxFactor)));
        var size = photo.ImageSize();
        var small = new Size2(
            Math.Max(1, (long)Math.Round(size.Height / factor)), Math.Max(1, (long)Math.Round(size.Width / factor)));
        return Reduce(photo, small);
    }

    /// <param name="photo">(1, 3, H, W), Float32.</param>
    /// <param name="small">The size that it goes through.</param>
    internal static Tensor Reduce(Tensor photo, Size2 small) =>
        photo.AdaptiveAvgPool2d(small).Interpolate(photo.ImageSize(), InterpolationMode.Bilinear);
}
