using System.Globalization;
using Rhytid.Synthesis.Portraits;
using Rhytid.Torch;

namespace Rhytid.Training.Augmentation;

/// <summary>
/// Contrast-limited adaptive histogram equalisation (Zuiderveld, 1994) of the lightness L of CIE L*a*b*, colours kept:
/// what the library that Sandu uses does.
/// </summary>
public sealed record Clahe : PixelOperation
{
    /// <inheritdoc/>
    public override string Name => "clahe";

    /// <summary>How much of a tile's histogram one level may hold, as a multiple of an even share.</summary>
    public double ClipLimit { get; init; } = 2;

    /// <summary>Tiles along each axis.</summary>
    public int Tiles { get; init; } = 8;

    /// <inheritdoc/>
    public override string Magnitudes =>
        string.Create(CultureInfo.InvariantCulture, $"clip {ClipLimit:0.##}, {Tiles}x{Tiles} tiles");

    internal override Tensor Apply(Tensor photo, ref SeededRandom random)
    {
        var (height, width) = ((int)photo.Size(2), (int)photo.Size(3));
        var levels = photo.ToArray<float>();
        var lightness = new byte[width * height];
        LabColor.Lightness(levels, lightness);
        TileEqualizer.Equalize(lightness, width, height, Tiles, ClipLimit);
        LabColor.SetLightness(levels, lightness);
        return Tensor.From(levels, photo.Shape).To(photo.Device);
    }
}
