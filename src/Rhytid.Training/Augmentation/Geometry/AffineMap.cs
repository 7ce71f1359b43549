using Rhytid.Torch.Nn;

namespace Rhytid.Training.Augmentation;

/// <summary>
/// One affine transformation: scale, then shear, then rotation about the picture's centre, then shift.
/// </summary>
internal readonly record struct AffineMap
{
    public AffineMap()
    {
    }

    public double ScaleX { get; init; } = 1;

    public double ScaleY { get; init; } = 1;

    /// <summary>Counter-clockwise as one looks at the picture.</summary>
    public double Degrees { get; init; }

    /// <summary>How far lower rows slide to the right.</summary>
    public double ShearXDegrees { get; init; }

    /// <summary>How far columns on the right slide down.</summary>
    public double ShearYDegrees { get; init; }

    /// <summary>Pixels to the right.</summary>
    public double ShiftX { get; init; }

    /// <summary>Pixels down.</summary>
    public double ShiftY { get; init; }

    public Warp ToWarp(Size2 size)
    {
        var (sin, cos) = Math.SinCos(Degrees * Math.PI / 180);
        var (shearX, shearY) = (Math.Tan(ShearXDegrees * Math.PI / 180), Math.Tan(ShearYDegrees * Math.PI / 180));
        // rotation x shear x scale; y points down, so this rotation is counter-clockwise to the eye.
        var (a, b) = ((cos + (sin * shearY)) * ScaleX, ((cos * shearX) + sin) * ScaleY);
        var (c, d) = (((cos * shearY) - sin) * ScaleX, (cos - (sin * shearX)) * ScaleY);
        // Results ask where they come from: the inverse.
        var determinant = (a * d) - (b * c);
        (a, b, c, d) = (d / determinant, -b / determinant, -c / determinant, a / determinant);
        var (centerX, centerY) = ((size.Width - 1) / 2.0, (size.Height - 1) / 2.0);
        var (offX, offY) =
            (centerX - (a * (centerX + ShiftX)) - (b * (centerY + ShiftY)),
                centerY - (c * (centerX + ShiftX)) - (d * (centerY + ShiftY)));
        return (x, y) =>
        {
            for (var i = 0; i < x.Length; i++)
                (x[i], y[i]) = ((float)((a * x[i]) + (b * y[i]) + offX), (float)((c * x[i]) + (d * y[i]) + offY));
        };
    }
}
