using System.Globalization;
using Rhytid.Synthesis.Portraits;
using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Training.Augmentation;

/// <summary>
/// Blurs the photo with one of OpenCV's small Gaussian kernels, borders mirrored without repeating the edge.
/// </summary>
public sealed record GaussianBlur : PixelOperation
{
    /// <inheritdoc/>
    public override string Name => "blur";

    /// <summary>Smallest kernel, odd.</summary>
    public int MinKernel { get; init; } = 3;

    /// <summary>Largest kernel, odd.</summary>
    public int MaxKernel { get; init; } = 7;

    /// <inheritdoc/>
    public override string Magnitudes => string.Create(CultureInfo.InvariantCulture, $"kernel {MinKernel}-{MaxKernel}");

    internal override Tensor Apply(Tensor photo, ref SeededRandom random) =>
        Blur(photo, MinKernel + (2 * random.Below(((MaxKernel - MinKernel) / 2) + 1)));

    /// <param name="photo">(1, 3, H, W).</param>
    /// <param name="size">Odd size of the kernel; the deviation follows from it.</param>
    internal static Tensor Blur(Tensor photo, int size)
    {
        var kernel = Kernel(size);
        var radius = size / 2;
        var planes = photo.Transpose(0, 1).PadReflect(radius, radius, radius, radius); // (3, 1, H + 2 r, W + 2 r)
        return SeparableFilter.Apply(planes, kernel).Transpose(0, 1);
    }

    // OpenCV has fixed weights for the small sizes and a rule for the deviation of the others.
    private static float[] Kernel(int size) => size switch
    {
        3 => [0.25f, 0.5f, 0.25f],
        5 => [0.0625f, 0.25f, 0.375f, 0.25f, 0.0625f],
        7 => [0.03125f, 0.109375f, 0.21875f, 0.28125f, 0.21875f, 0.109375f, 0.03125f],
        _ => SeparableFilter.Gaussian((0.3 * (((size - 1) * 0.5) - 1)) + 0.8, size / 2),
    };
}
