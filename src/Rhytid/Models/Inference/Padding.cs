using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>Fills pictures up to sizes that networks take.</summary>
internal static class Padding
{
    /// <summary>Adds rows at the bottom and columns at the right, mirrored where the picture is large enough, else zero.</summary>
    /// <param name="images">(N, C, H, W).</param>
    /// <param name="network">Height and width become multiples of its <see cref="Network.SizeMultiple"/>, at least <see cref="Network.LeastSize"/>.</param>
    public static Tensor ToFit(Tensor images, Network network)
    {
        var (height, width) = images.ImageSize();
        var rows = Missing(height);
        var columns = Missing(width);
        if (rows == 0 && columns == 0)
            return images;
        return rows < height && columns < width ? images.PadReflect(0, columns, 0, rows) : images.Pad([0, columns, 0, rows]);

        long Missing(long size) => (Math.Max(size, network.LeastSize) + network.SizeMultiple - 1) / network.SizeMultiple * network.SizeMultiple - size;
    }
}
