using Rhytid.Imaging;

namespace Rhytid.Training.Tests.Datasets.Annotators;

internal static class Masks
{
    /// <summary>A mask as rows of 0 and 1.</summary>
    public static Mask Of(params string[] rows)
    {
        var mask = new Mask(rows[0].Length, rows.Length);
        for (var y = 0; y < rows.Length; y++)
            for (var x = 0; x < rows[y].Length; x++)
                mask[x, y] = rows[y][x] == '1';
        return mask;
    }

    /// <summary>A mask that is set with a probability at each pixel.</summary>
    public static Mask Random(int width, int height, double share, int seed)
    {
        var random = new Random(seed);
        var mask = new Mask(width, height);
        for (var i = 0; i < mask.Samples.Length; i++)
            mask.Samples[i] = random.NextDouble() < share ? Mask.Set : (byte)0;
        return mask;
    }

    /// <summary>
    /// What an annotator draws who sees a wrinkle with one probability and skin as skin with another.
    /// </summary>
    public static Mask DrawnBy(double sensitivity, double specificity, Mask truth, int seed)
    {
        var random = new Random(seed);
        var mask = new Mask(truth.Width, truth.Height);
        for (var i = 0; i < mask.Samples.Length; i++)
            mask.Samples[i] = random.NextDouble() < (truth.Samples[i] != 0 ? sensitivity : 1 - specificity)
                ? Mask.Set
                : (byte)0;
        return mask;
    }
}
