using System.Globalization;
using Rhytid.Imaging;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Datasets.Inspection;

/// <summary>
/// Says when a set has suspiciously few wrinkle pixels, and why that is likely so. The publications' own scores imply
/// 0.6 % (Moon et al.) to 1.5 % (Kim et al.) of all pixels; a published count of 0.03 % came from cutting 0/1 masks
/// above 127.
/// </summary>
public static class ImbalanceWarning
{
    /// <summary>Below this share of wrinkle pixels something is wrong.</summary>
    public const double LeastShare = 0.001;

    // Below twice as many, a mask's soft edges explain the pixels that are neither 0 nor wrinkle.
    private const int SoftEdges = 2;

    /// <summary>The warning, or null where there is nothing to warn of.</summary>
    /// <param name="imbalance">The counts; the masks are read again only where there is something to warn of.</param>
    public static string? For(ClassImbalance imbalance)
    {
        ArgumentNullException.ThrowIfNull(imbalance);
        if (imbalance.Regions.Count == 0 || imbalance.Regions[0].Pooled is not { WrinkleShare: < LeastShare } pooled)
            return null;
        var marked = MarkedPixels(imbalance);
        var found =
            $"only {Percent(pooled.WrinkleShare)} of all pixels are wrinkle; sets drawn by hand have 0.6 to 1.5 %. Most likely cause: ";
        if (marked > SoftEdges * pooled.Wrinkle && imbalance.Dataset.WrinkleValue is { } value)
            return $"{found}the wrong value is taken for wrinkle ({value}): {Percent((double)marked / pooled.Total)} of the pixels are not 0; give another with --wrinkle-value";
        return marked > SoftEdges * pooled.Wrinkle
            ? $"{found}masks of small values that the rule '> 127' reads as empty: {Percent((double)marked / pooled.Total)} of the pixels are not 0; say which value means wrinkle with --wrinkle-value"
            : $"{found}these masks were made by the rule '> 127' from masks of 0 and 1, or were shrunk by nearest neighbour, which loses thin lines; go back to the original masks";
    }

    private static long MarkedPixels(ClassImbalance imbalance)
    {
        var counted = imbalance.Images.Select(image => image.Id).ToHashSet(StringComparer.Ordinal);
        return imbalance.Dataset.Labelled.Where(sample => counted.Contains(sample.Id))
            .AsParallel()
            .Sum(sample =>
                (long)Mask.Where(
                    SampleFiles.Load(sample[Channel.Wrinkles]!, static path => ImageEncoding.LoadLabels(path)),
                    static level => level > 0).Count());
    }

    private static string Percent(double share) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.###} %");
}
