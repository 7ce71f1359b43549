using System.Globalization;
using Rhytid.Synthesis.Portraits;
using Rhytid.Torch.Nn;

namespace Rhytid.Training.Augmentation;

/// <summary>
/// Moves every pixel by smooth noise (Simard et al., 2003): displacement = alpha * G_sigma(U(-1, 1)) along each axis.
/// </summary>
/// <remarks>
/// The noise's blur leaves a deviation of alpha / (6.14 sigma) pixels: 0.003 for the published alpha 1, sigma 50, which
/// nobody can see, and 0.8 for <see cref="Visible"/>.
/// </remarks>
public sealed record ElasticDistortion : GeometricOperation
{
    // A blur this wide, in the coarse field's own pixels, is smooth enough to be interpolated linearly.
    private const double SmoothSigma = 4;

    // Where a Gaussian has fallen to 0.0003 of its height; OpenCV ends its kernels for floating point there too.
    private const double Reach = 4;

    /// <summary>Alpha 30, sigma 6: displacements of one to two pixels.</summary>
    public static ElasticDistortion Visible { get; } = new() { Alpha = 30, Sigma = 6 };

    /// <inheritdoc/>
    public override string Name => "elastic";

    /// <summary>Factor of the blurred noise, in pixels.</summary>
    public double Alpha { get; init; } = 1;

    /// <summary>Width of the blur, in pixels.</summary>
    public double Sigma { get; init; } = 50;

    /// <inheritdoc/>
    public override string Magnitudes =>
        string.Create(CultureInfo.InvariantCulture, $"alpha {Alpha:0.##}, sigma {Sigma:0.##}");

    internal override Warp Draw(ref SeededRandom random, Size2 size)
    {
        // Nothing in a widely blurred field is small: it is made on a coarser grid. The mean of f x f independent
        // numbers deviates f times less than one of them, hence the division below.
        var factor = 1L << Math.Max(0, (int)Math.Floor(Math.Log2(Sigma / SmoothSigma)));
        var coarse = new Size2(((size.Height - 2 + factor) / factor) + 1, ((size.Width - 2 + factor) / factor) + 1);
        var kernel = SeparableFilter.Gaussian(Sigma / factor, (int)Math.Ceiling(Reach * Sigma / factor));
        var radius = kernel.Length / 2;
        var noise = new float[2 * (coarse.Height + (2 * radius)) * (coarse.Width + (2 * radius))];
        var amplitude = (float)(Alpha / factor);
        for (var i = 0; i < noise.Length; i++)
            noise[i] = random.Range(-amplitude, amplitude);
        // The noise reaches beyond the picture, so that the field is the same at its edges as inside it.
        var half = noise.Length / 2;
        var (width, height) = ((int)coarse.Width, (int)coarse.Height);
        var across = SeparableFilter.Apply(noise.AsSpan(0, half), width + (2 * radius), kernel);
        var down = SeparableFilter.Apply(noise.AsSpan(half), width + (2 * radius), kernel);
        return (x, y) =>
        {
            for (var i = 0; i < x.Length; i++)
            {
                // Beyond the picture the field is that of its edge.
                var (column, row) = (Math.Clamp(x[i] / factor, 0, width - 1), Math.Clamp(y[i] / factor, 0, height - 1));
                var (left, top) =
                    (Math.Min((int)column, Math.Max(0, width - 2)), Math.Min((int)row, Math.Max(0, height - 2)));
                var (right, lower) = (column - left, row - top);
                var at = (top * width) + left;
                var (next, below) = (width > 1 ? 1 : 0, height > 1 ? width : 0);
                x[i] += Blend(across, at, next, below, right, lower);
                y[i] += Blend(down, at, next, below, right, lower);
            }
        };
    }

    private static float Blend(float[] field, int at, int next, int below, float right, float lower) =>
        ((1 - lower) * (((1 - right) * field[at]) + (right * field[at + next])))
            + (lower * (((1 - right) * field[at + below]) + (right * field[at + below + next])));
}
