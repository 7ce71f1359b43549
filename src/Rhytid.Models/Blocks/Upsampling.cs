using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>What decoders share when they go back to a finer map.</summary>
internal static class Upsampling
{
    /// <summary>
    /// Doubles a map bilinearly with aligned corners; in a tile, as the whole picture's map would be doubled there.
    /// </summary>
    /// <param name="features">(N, C, h, w).</param>
    /// <returns>(N, C, 2h, 2w).</returns>
    public static Tensor DoubleAligned(this Tensor features)
    {
        if (TilePlacement.Current is not { } tile)
            return features.Upsample(2, InterpolationMode.Bilinear, alignCorners: true);
        using var scope = TensorScope.Begin();
        var isChannelsLast = features.IsChannelsLast;
        var doubled = Double(Double(features, 2, tile.Rows), 3, tile.Columns);
        return scope.MoveOut(isChannelsLast ? doubled.Contiguous(MemoryFormat.ChannelsLast) : doubled);
    }

    /// <summary>
    /// Pads a map with zeros, evenly, to the size of a skip that is up to one pixel larger (odd sizes).
    /// </summary>
    /// <remarks>A recording has the padding at every size, so that it holds for others too.</remarks>
    /// <param name="features">(N, C, h, w).</param>
    /// <param name="size">(H, W) of the skip.</param>
    /// <returns>(N, C, H, W).</returns>
    public static Tensor PadTo(this Tensor features, Size2 size)
    {
        var (height, width) = features.ImageSize();
        if (height == size.Height && width == size.Width && OperatorObserver.Current is null)
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
        logits.ImageSize() == images.ImageSize()
            ? logits
            : logits.Interpolate(images.ImageSize(), InterpolationMode.Bilinear, alignCorners);

    // One dimension: every new element lies between two old ones, at the place that it has in the whole map.
    private static Tensor Double(Tensor features, int dimension, TileAxis axis)
    {
        var length = features.Size(dimension);
        var whole = axis.Whole * length / axis.Length;
        var start = axis.Start * length / axis.Length;
        var lower = new long[2 * length];
        var upper = new long[2 * length];
        var share = new float[2 * length];
        for (var i = 0; i < lower.Length; i++)
        {
            var place = (2 * start + i) * ((whole - 1.0) / (2 * whole - 1)) - start;
            // Beyond the tile's edge nothing is known; what is computed there is thrown away.
            place = Math.Clamp(place, 0, length - 1);
            lower[i] = (long)place;
            upper[i] = Math.Min(lower[i] + 1, length - 1);
            share[i] = (float)(place - lower[i]);
        }
        var weights = Tensor.From(share, dimension == 2 ? [2 * length, 1] : [2 * length])
            .To(features.Device)
            .To(features.DType);
        var below = features.IndexSelect(dimension, Tensor.From(lower, 2 * length).To(features.Device));
        var above = features.IndexSelect(dimension, Tensor.From(upper, 2 * length).To(features.Device));
        return below + (above - below) * weights;
    }
}
