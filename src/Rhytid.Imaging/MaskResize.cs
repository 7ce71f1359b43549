namespace Rhytid.Imaging;

/// <summary>When a pixel of a shrunk mask is in.</summary>
public enum MaskResize
{
    /// <summary>
    /// Where the centre of any pixel is that was in: nothing that was drawn vanishes, lines that held together still
    /// do, and a line of one pixel stays one pixel wide, which is relatively wider than it was.
    /// </summary>
    Any,

    /// <summary>
    /// Where at least half of the pixel's cell is: areas keep their size, thin lines break up and vanish.
    /// </summary>
    Half,

    /// <summary>
    /// Where one source pixel is, the one at the cell's upper left (OpenCV's nearest): thin lines break up at random.
    /// </summary>
    Nearest,

    /// <summary>
    /// No rule: the share of the cell that is in, 0 to 255 for 0 to 1. Networks learn how wide a line is that way.
    /// </summary>
    Area,
}

/// <summary>Shrinks masks in whole numbers, so that the same mask gives the same bytes everywhere.</summary>
public static class MaskShrinker
{
    /// <summary>
    /// Resizes a mask to another of 0 and <see cref="Mask.Set"/>; not for <see cref="MaskResize.Area"/>.
    /// </summary>
    public static Mask Resize(Mask mask, int width, int height, MaskResize rule)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var resized = new Mask(width, height);
        Resize(mask.Samples, mask.Width, mask.Height, resized.Samples, width, height, rule);
        foreach (ref var sample in resized.Samples)
            sample = sample != 0 ? Mask.Set : (byte)0;
        return resized;
    }

    /// <summary>
    /// Resizes a mask; enlarging takes the nearest pixel, whatever the rule (but for shares of areas).
    /// </summary>
    /// <param name="mask">Rows of <paramref name="width"/>; not 0 is in.</param>
    /// <param name="width">Columns of the mask.</param>
    /// <param name="height">Rows of the mask.</param>
    /// <param name="target">Rows of <paramref name="targetWidth"/>; becomes 0 and 1, or 0 to 255 for
    /// <see cref="MaskResize.Area"/>.</param>
    /// <param name="targetWidth">Columns of the target.</param>
    /// <param name="targetHeight">Rows of the target.</param>
    /// <param name="rule">When a pixel is in.</param>
    public static void Resize(
        ReadOnlySpan<byte> mask, int width, int height, Span<byte> target, int targetWidth, int targetHeight,
        MaskResize rule)
    {
        if (rule == MaskResize.Nearest || (rule != MaskResize.Area && (targetWidth > width || targetHeight > height)))
        {
            for (var y = 0; y < targetHeight; y++)
            {
                var row = mask.Slice((int)((long)y * height / targetHeight) * width, width);
                for (var x = 0; x < targetWidth; x++)
                    target[(y * targetWidth) + x] = row[(int)((long)x * width / targetWidth)] != 0 ? (byte)1 : (byte)0;
            }
            return;
        }
        if (rule == MaskResize.Any)
        {
            target.Clear();
            for (var y = 0; y < height; y++)
                for (var x = 0; x < width; x++)
                    if (mask[(y * width) + x] != 0)
                        target[(CellOf(y, height, targetHeight) * targetWidth) + CellOf(x, width, targetWidth)] = 1;
            return;
        }
        // Both grids are cut so finely that all edges fall on whole numbers: a source pixel is targetWidth x
        // targetHeight of these units, a cell width x height.
        var whole = (long)width * height;
        var needed = (whole + 1) / 2;
        var columns = new long[width];
        for (var y = 0; y < targetHeight; y++)
        {
            SumRows(mask, width, height, y, targetHeight, columns);
            for (var x = 0; x < targetWidth; x++)
            {
                var covered = 0L;
                var (first, end) = ((long)x * width, ((long)x + 1) * width);
                for (var source = first / targetWidth; source * targetWidth < end; source++)
                    covered += columns[source]
                        * (Math.Min(end, (source + 1) * targetWidth) - Math.Max(first, source * targetWidth));
                target[(y * targetWidth) + x] = rule == MaskResize.Area
                    ? (byte)(((2 * 255 * covered) + whole) / (2 * whole))
                    : covered >= needed ? (byte)1 : (byte)0;
            }
        }
    }

    // How much of each source column is in, within one row of cells.
    private static void SumRows(ReadOnlySpan<byte> mask, int width, int height, int y, int targetHeight, long[] columns)
    {
        Array.Clear(columns);
        var (first, end) = ((long)y * height, ((long)y + 1) * height);
        for (var source = first / targetHeight; source * targetHeight < end; source++)
        {
            var overlap = Math.Min(end, (source + 1) * targetHeight) - Math.Max(first, source * targetHeight);
            var row = mask.Slice((int)source * width, width);
            for (var x = 0; x < width; x++)
                columns[x] += row[x] != 0 ? overlap : 0;
        }
    }

    // The cell in which a pixel's centre lies.
    private static int CellOf(int place, int size, int targetSize) =>
        (int)(((2L * place) + 1) * targetSize / (2L * size));
}
