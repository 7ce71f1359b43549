using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>Fills pictures up to sizes that networks take.</summary>
internal static class Padding
{
    /// <summary>Fills up to a size that a network takes.</summary>
    public static Tensor ToFit(Tensor images, Network network) => Fill(images, network.SizeMultiple, network.LeastSize);

    /// <summary>Fills up to multiples of a number.</summary>
    public static Tensor ToMultiple(Tensor images, int multiple) => Fill(images, multiple, multiple);

    // Rows at the bottom and columns at the right, mirrored where the picture is large enough, else zero.
    private static Tensor Fill(Tensor images, int multiple, int least)
    {
        var (height, width) = images.ImageSize();
        var (rows, columns) = (Missing(height), Missing(width));
        if (rows == 0 && columns == 0)
            return images;
        return rows < height && columns < width
            ? images.PadReflect(0, columns, 0, rows)
            : images.Pad([0, columns, 0, rows]);

        long Missing(long size) => (Math.Max(size, least) + multiple - 1) / multiple * multiple - size;
    }
}
