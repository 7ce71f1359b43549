using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>Fills pictures up to sizes that networks take.</summary>
internal static class Padding
{
    /// <summary>Adds rows at the bottom and columns at the right, mirrored where the picture is large enough, else zero.</summary>
    /// <param name="images">(N, C, H, W).</param>
    /// <param name="multiple">Height and width become multiples of this.</param>
    public static Tensor ToMultiple(Tensor images, int multiple)
    {
        var (height, width) = images.ImageSize();
        var rows = (multiple - height % multiple) % multiple;
        var columns = (multiple - width % multiple) % multiple;
        if (rows == 0 && columns == 0)
            return images;
        return rows < height && columns < width ? images.PadReflect(0, columns, 0, rows) : images.Pad([0, columns, 0, rows]);
    }
}
