namespace Rhytid.Training.Augmentation;

/// <summary>
/// CLAHE of one plane of bytes, step by step what OpenCV 4 does, so that results are the same to the byte.
/// </summary>
internal static class TileEqualizer
{
    private const int Levels = 256;

    /// <summary>Equalises in place.</summary>
    /// <param name="plane">Rows of <paramref name="width"/>.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="tiles">Tiles along each axis.</param>
    /// <param name="clipLimit">How much of a tile's histogram one level may hold, as a multiple of an even
    /// share.</param>
    public static void Equalize(Span<byte> plane, int width, int height, int tiles, double clipLimit)
    {
        // Where either axis does not divide, OpenCV enlarges both, an axis that does divide by a pixel for every tile.
        var whole = width % tiles == 0 && height % tiles == 0;
        var tileWidth = (whole ? width : width + tiles - (width % tiles)) / tiles;
        var tileHeight = (whole ? height : height + tiles - (height % tiles)) / tiles;
        var tables = new byte[tiles * tiles * Levels];
        for (var tile = 0; tile < tiles * tiles; tile++)
            MakeTable(
                plane, width, height, tile % tiles * tileWidth, tile / tiles * tileHeight, tileWidth, tileHeight,
                clipLimit, tables.AsSpan(tile * Levels, Levels));
        Interpolate(plane, width, height, tiles, tileWidth, tileHeight, tables);
    }

    private static void MakeTable(
        ReadOnlySpan<byte> plane, int width, int height, int left, int top, int tileWidth, int tileHeight,
        double clipLimit, Span<byte> table)
    {
        Span<int> histogram = stackalloc int[Levels];
        histogram.Clear();
        for (var y = top; y < top + tileHeight; y++)
        {
            var row = plane.Slice(Mirror(y, height) * width, width);
            for (var x = left; x < left + tileWidth; x++)
                histogram[row[Mirror(x, width)]]++;
        }
        var area = tileWidth * tileHeight;
        Clip(histogram, Math.Max(1, (int)(clipLimit * area / Levels)));
        var (sum, scale) = (0, (float)(Levels - 1) / area);
        for (var level = 0; level < Levels; level++)
        {
            sum += histogram[level];
            table[level] = (byte)Math.Clamp((int)MathF.Round(sum * scale), 0, 255);
        }
    }

    // What is cut off is spread over all levels, the remainder over levels at equal distances.
    private static void Clip(Span<int> histogram, int limit)
    {
        var excess = 0;
        foreach (ref var count in histogram)
        {
            excess += Math.Max(0, count - limit);
            count = Math.Min(count, limit);
        }
        foreach (ref var count in histogram)
            count += excess / Levels;
        var rest = excess % Levels;
        var step = rest == 0 ? 1 : Math.Max(1, Levels / rest);
        for (var level = 0; level < Levels && rest > 0; level += step, rest--)
            histogram[level]++;
    }

    private static void Interpolate(
        Span<byte> plane, int width, int height, int tiles, int tileWidth, int tileHeight, byte[] tables)
    {
        var columns = new (int Left, int Right, float Share)[width];
        for (var x = 0; x < width; x++)
            columns[x] = Between(x, tileWidth, tiles, Levels);
        for (var y = 0; y < height; y++)
        {
            var (upper, lower, below) = Between(y, tileHeight, tiles, tiles * Levels);
            var row = plane.Slice(y * width, width);
            for (var x = 0; x < width; x++)
            {
                var (left, right, beside) = columns[x];
                var level = row[x];
                var above = (tables[upper + left + level] * (1 - beside)) + (tables[upper + right + level] * beside);
                var under = (tables[lower + left + level] * (1 - beside)) + (tables[lower + right + level] * beside);
                row[x] = (byte)Math.Clamp((int)MathF.Round((above * (1 - below)) + (under * below)), 0, 255);
            }
        }
    }

    // The two tiles between whose centres a pixel lies, and how far it is on its way to the second.
    private static (int First, int Second, float Share) Between(int place, int tileLength, int tiles, int stride)
    {
        var position = (place * (1f / tileLength)) - 0.5f;
        var first = (int)MathF.Floor(position);
        return (Math.Max(0, first) * stride, Math.Min(tiles - 1, first + 1) * stride, position - first);
    }

    private static int Mirror(int place, int length)
    {
        while (place >= length || place < 0)
            place = length == 1 ? 0 : place < 0 ? -place : (2 * length) - 2 - place;
        return place;
    }
}
