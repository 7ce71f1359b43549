using Rhytid.Imaging;

namespace Rhytid.Training.Datasets.Inspection;

/// <summary>Pixels of the two classes.</summary>
/// <param name="Wrinkle">Pixels that are wrinkle.</param>
/// <param name="Background">Pixels that are not.</param>
public readonly record struct ClassCounts(long Wrinkle, long Background)
{
    /// <summary>Counts the pixels of a mask.</summary>
    /// <param name="wrinkles">What an annotator says.</param>
    /// <param name="region">Where pixels count; everywhere unless given.</param>
    public static ClassCounts Count(Mask wrinkles, Mask? region = null)
    {
        ArgumentNullException.ThrowIfNull(wrinkles);
        if (region is null)
        {
            var all = wrinkles.Count();
            return new ClassCounts(all, wrinkles.Samples.Length - all);
        }
        var wrinkle = wrinkles.And(region).Count();
        return new ClassCounts(wrinkle, region.Count() - wrinkle);
    }

    /// <summary>Pixels counted.</summary>
    public long Total => Wrinkle + Background;

    /// <summary>Share of wrinkle pixels, 0 to 1; NaN where nothing counts.</summary>
    public double WrinkleShare => (double)Wrinkle / Total;

    /// <summary>
    /// Background pixels per wrinkle pixel, which is the <c>pos_weight</c> of binary cross-entropy; infinite without a
    /// wrinkle.
    /// </summary>
    public double Ratio => (double)Background / Wrinkle;

    /// <summary>Both together.</summary>
    public static ClassCounts operator +(ClassCounts a, ClassCounts b) =>
        new(a.Wrinkle + b.Wrinkle, a.Background + b.Background);

    /// <summary>Both together.</summary>
    public static ClassCounts Add(ClassCounts left, ClassCounts right) => left + right;
}
