using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Training.Augmentation;

/// <summary>How masks are resampled. Thin lines are what wrinkles are, and plain nearest sampling tears them where pictures shrink.</summary>
public enum MaskSampling
{
    /// <summary>
    /// Nearest where the picture keeps its size or grows. Where it shrinks by a factor s, the largest of four nearest samples, apart so
    /// far that no source pixel is stepped over (for s up to 2): a line of one pixel stays one pixel wide instead of losing 1 - 1/s
    /// of its rows.
    /// </summary>
    KeepLines,

    /// <summary>Nearest alone, as published: a line of one pixel vanishes in part where the picture shrinks.</summary>
    Nearest,

    /// <summary>Linear between the four neighbours: for masks that say how much of a pixel is wrinkle.</summary>
    Bilinear,
}

/// <summary>Resamples masks.</summary>
internal static class MaskSampler
{
    /// <param name="masks">(N, 1, H, W).</param>
    /// <param name="places">(N, 2, H, W): where each pixel comes from.</param>
    /// <param name="sampling">By which rule.</param>
    /// <returns>(N, 1, H, W); 0 where a pixel comes from outside.</returns>
    public static Tensor Sample(Tensor masks, Tensor places, MaskSampling sampling)
    {
        var size = masks.ImageSize();
        if (sampling == MaskSampling.Bilinear)
            return masks.GridSample(SamplingGrid.Normalize(places, size), InterpolationMode.Bilinear);
        if (sampling == MaskSampling.Nearest || size.Width < 2 || size.Height < 2)
            return At(places);
        var (across, down) = (Half(places, 3), Half(places, 2));
        var upper = Larger(At(places + across + down), At(places + across - down));
        return Larger(upper, Larger(At(places - across + down), At(places - across - down)));

        Tensor At(Tensor there) => masks.GridSample(SamplingGrid.Normalize(there, size), InterpolationMode.Nearest);
    }

    // Half the way between two samples. Neighbouring results lie s source pixels apart; samples (s - 1) / 2 to either side of a
    // place leave gaps of s - 1 and 1, neither more than a pixel, and in all they cover s pixels: a line's width stays.
    private static Tensor Half(Tensor places, int dimension)
    {
        var length = places.Size(dimension);
        var steps = places.Narrow(dimension, 1, length - 1) - places.Narrow(dimension, 0, length - 1);
        steps = Tensor.Cat([steps, steps.Narrow(dimension, length - 2, 1)], dimension);
        var distance = (steps * steps).Sum([1], keepDimensions: true).Sqrt().Clamp(1, 2);
        return steps * ((1 - distance.Pow(-1)) * 0.5);
    }

    private static Tensor Larger(Tensor a, Tensor b) => a + (b - a).Relu();
}
