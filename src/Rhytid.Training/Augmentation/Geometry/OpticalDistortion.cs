using System.Globalization;
using Rhytid.Synthesis.Portraits;
using Rhytid.Torch.Nn;

namespace Rhytid.Training.Augmentation;

/// <summary>
/// A lens's radial distortion: r' = r (1 + k r^2 + k r^4), r from the centre in units of the picture's width. k below 0
/// is a pincushion.
/// </summary>
public sealed record OpticalDistortion : GeometricOperation
{
    /// <inheritdoc/>
    public override string Name => "optical-distortion";

    /// <summary>Largest k, either way.</summary>
    public double Limit { get; init; } = 0.5;

    /// <summary>Largest shift of the centre along each axis, in pixels.</summary>
    public double CenterShift { get; init; } = 0.5;

    /// <inheritdoc/>
    public override string Magnitudes =>
        string.Create(CultureInfo.InvariantCulture, $"k {Limit:0.##}, centre {CenterShift:0.##} px");

    internal override Warp Draw(ref SeededRandom random, Size2 size)
    {
        var k = random.Range((float)-Limit, (float)Limit);
        var centerX = ((size.Width - 1) / 2.0) + random.Range((float)-CenterShift, (float)CenterShift);
        var centerY = ((size.Height - 1) / 2.0) + random.Range((float)-CenterShift, (float)CenterShift);
        return WarpOf(k, centerX, centerY, size);
    }

    internal static Warp WarpOf(double k, double centerX, double centerY, Size2 size) => (x, y) =>
    {
        var area = (double)size.Width * size.Width;
        for (var i = 0; i < x.Length; i++)
        {
            var (dx, dy) = (x[i] - centerX, y[i] - centerY);
            var squared = ((dx * dx) + (dy * dy)) / area;
            var factor = ((squared + (squared * squared)) * k) + 1;
            (x[i], y[i]) = ((float)((dx * factor) + centerX), (float)((dy * factor) + centerY));
        }
    };
}
