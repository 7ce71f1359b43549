using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>What decoders share when they go back to a finer map.</summary>
internal static class Upsampling
{
    /// <summary>Pads a map with zeros, evenly, to the size of a skip that is up to one pixel larger (odd sizes).</summary>
    /// <param name="features">(N, C, h, w).</param>
    /// <param name="size">(H, W) of the skip.</param>
    /// <returns>(N, C, H, W).</returns>
    public static Tensor PadTo(this Tensor features, Size2 size)
    {
        var (height, width) = features.ImageSize();
        if (height == size.Height && width == size.Width)
            return features;
        var (rows, columns) = (size.Height - height, size.Width - width);
        return features.Pad([columns / 2, columns - columns / 2, rows / 2, rows - rows / 2]);
    }

    /// <summary>Resizes a side head's logits bilinearly to the size of the images they are about.</summary>
    /// <param name="logits">(N, C, h, w).</param>
    /// <param name="images">(N, any, H, W).</param>
    /// <param name="alignCorners">Whether the corner pixels' centres stay in place.</param>
    /// <returns>(N, C, H, W).</returns>
    public static Tensor ResizeTo(this Tensor logits, Tensor images, bool alignCorners = false) =>
        logits.ImageSize() == images.ImageSize() ? logits : logits.Interpolate(images.ImageSize(), InterpolationMode.Bilinear, alignCorners);
}
