using System.Globalization;
using Rhytid.Synthesis.Portraits;
using Rhytid.Torch.Nn;

namespace Rhytid.Training.Augmentation;

/// <summary>
/// Scales, shears, rotates (in this order, about the picture's centre) and shifts. Rotation and shift-scale-rotate are
/// this with fewer magnitudes.
/// </summary>
/// <param name="Name">"affine", "shift-scale-rotate", "rotate".</param>
public sealed record Affine(string Name) : GeometricOperation
{
    /// <inheritdoc/>
    public override string Name { get; } = Name;

    /// <summary>Smallest factor of size.</summary>
    public double MinScale { get; init; } = 1;

    /// <summary>Largest factor of size.</summary>
    public double MaxScale { get; init; } = 1;

    /// <summary>
    /// Whether width and height get factors of their own, as in the library that the published code uses.
    /// </summary>
    public bool ScaleAxesApart { get; init; }

    /// <summary>Largest shift, as a share of the width and of the height.</summary>
    public double Shift { get; init; }

    /// <summary>Largest rotation either way.</summary>
    public double Degrees { get; init; }

    /// <summary>Largest shear along each axis, either way.</summary>
    public double ShearDegrees { get; init; }

    /// <inheritdoc/>
    public override string Magnitudes
    {
        get
        {
            var parts = new List<string>();
            if (MinScale != 1 || MaxScale != 1)
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"scale {MinScale:0.##}-{MaxScale:0.##}"));
            if (Shift > 0)
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"shift {100 * Shift:0.#} %"));
            if (Degrees > 0)
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"rotate {Degrees:0.#} deg"));
            if (ShearDegrees > 0)
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"shear {ShearDegrees:0.#} deg"));
            return string.Join(", ", parts);
        }
    }

    internal override Warp Draw(ref SeededRandom random, Size2 size)
    {
        var scaleX = Between(ref random, MinScale, MaxScale);
        var scaleY = Between(ref random, MinScale, MaxScale);
        return new AffineMap
        {
            ScaleX = scaleX,
            ScaleY = ScaleAxesApart ? scaleY : scaleX,
            Degrees = Between(ref random, -Degrees, Degrees),
            ShearXDegrees = Between(ref random, -ShearDegrees, ShearDegrees),
            ShearYDegrees = Between(ref random, -ShearDegrees, ShearDegrees),
            ShiftX = Between(ref random, -Shift, Shift) * size.Width,
            ShiftY = Between(ref random, -Shift, Shift) * size.Height,
        }.ToWarp(size);
    }

    private static double Between(ref SeededRandom random, double low, double high) =>
        low + ((high - low) * random.Unit());
}
