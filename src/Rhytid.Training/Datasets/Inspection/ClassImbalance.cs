using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Rhytid.Imaging;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Datasets.Inspection;

/// <summary>How few pixels of a labelled set are wrinkle.</summary>
public sealed class ClassImbalance
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private ClassImbalance(
        WrinkleDataset dataset, IReadOnlyList<ImageClassCounts> images,
        IReadOnlyList<(string Id, string Reason)> failed)
    {
        (Dataset, Images, Failed) = (dataset, images, failed);
        Regions = [.. new[]
        {
            RegionImbalance.Compute("image", images, image => image.Image),
            RegionImbalance.Compute("scored region", images, image => image.Scored),
            RegionImbalance.Compute(dataset.HasScoredRegions ? "scored skin" : "skin", images, image => image.Skin),
        }.OfType<RegionImbalance>()];
    }

    /// <summary>The data set.</summary>
    public WrinkleDataset Dataset { get; }

    /// <summary>The counts of every mask, ordered by id.</summary>
    public IReadOnlyList<ImageClassCounts> Images { get; }

    /// <summary>
    /// Id and reason of what could not be read or has no skin; a picture whose skin alone is unknown counts elsewhere.
    /// </summary>
    public IReadOnlyList<(string Id, string Reason)> Failed { get; }

    /// <summary>
    /// Whole pictures, then scored regions and skin where they are known; empty where no mask could be read.
    /// </summary>
    public IReadOnlyList<RegionImbalance> Regions { get; }

    /// <summary>Ids whose mask has no wrinkle.</summary>
    public IEnumerable<string> Empty => Images.Where(image => image.Image.Wrinkle == 0).Select(image => image.Id);

    /// <summary>Counts the pixels of all manual masks.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="skin">Where its skin is known from; null to leave skin out.</param>
    /// <param name="threads">How many masks are read at a time.</param>
    /// <param name="progress">Told each id when it has been counted, from any thread.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="DatasetException">The set has no manual mask.</exception>
    public static ClassImbalance Run(
        WrinkleDataset dataset, ISkinSource? skin, int threads, Action<string>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (!dataset.Labelled.Any())
            throw new DatasetException(
                $"{dataset.Folder}: no manual masks in it (layout {dataset.Layout.Name}), so there is nothing to count; "
                    + "name the layout with --layout, or the value that means wrinkle with --wrinkle-value");
        var images = new ConcurrentBag<ImageClassCounts>();
        var failed = new ConcurrentBag<(string Id, string Reason)>();
        Parallel.ForEach(
            dataset.Labelled,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, sample =>
            {
                if (Guarded(sample, failed, () => Count(dataset, sample)) is { } read)
                {
                    var onSkin = skin is null
                        ? null
                        : Guarded(sample, failed, () => CountSkin(read, skin, sample, cancellationToken));
                    images.Add(read.Counts with { Skin = onSkin?.Skin });
                }
                progress?.Invoke(sample.Id);
            });
        return new ClassImbalance(
            dataset, [.. images.OrderBy(image => image.Id, StringComparer.Ordinal)], [.. failed.Order()]);
    }

    /// <summary>The counts of each picture as CSV; empty cells where a part is not known.</summary>
    public string ToCsv() => CsvTable.Write(
        ["id", "pixels", "wrinkle", "scored_pixels", "scored_wrinkle", "skin_pixels", "skin_wrinkle"],
        Images.Select(image => (IReadOnlyList<string>)
            [image.Id, .. Cells(image.Image), .. Cells(image.Scored), .. Cells(image.Skin)]));

    /// <summary>The sums and the spread over the pictures as JSON.</summary>
    /// <param name="skin">Where the skin is known from; null for nowhere.</param>
    /// <param name="warning">What <see cref="ImbalanceWarning"/> says.</param>
    public string ToJson(string? skin, string? warning) => JsonSerializer.Serialize(new
    {
        schema = "rhytid.data-stats/1",
        folder = Dataset.Folder,
        layout = Dataset.Layout.Name,
        wrinkleValue = Dataset.WrinkleValue,
        masks = Images.Count,
        skin,
        emptyMasks = Empty,
        regions = Regions.Select(region => (region.Name, region.Images, region.Pooled, Spread: region.PerImage))
            .Select(region => new
            {
                region = region.Name,
                photos = region.Images,
                pixels = region.Pooled.Total,
                wrinkle = region.Pooled.Wrinkle,
                background = region.Pooled.Background,
                wrinklePercent = 100 * region.Pooled.WrinkleShare,
                backgroundPercent = 100 * (1 - region.Pooled.WrinkleShare),
                // JSON has no infinity.
                backgroundPerWrinkle = region.Pooled.Wrinkle > 0 ? region.Pooled.Ratio : (double?)null,
                percentPerPhoto = new
                {
                    minimum = 100 * region.Spread.Minimum,
                    lowerQuartile = 100 * region.Spread.LowerQuartile,
                    median = 100 * region.Spread.Median,
                    upperQuartile = 100 * region.Spread.UpperQuartile,
                    maximum = 100 * region.Spread.Maximum,
                    mean = 100 * region.Spread.Mean,
                },
            }),
        warning,
    }, Indented);

    private static string[] Cells(ClassCounts? counts) => counts is { } known
        ? [known.Total.ToString(CultureInfo.InvariantCulture), known.Wrinkle.ToString(CultureInfo.InvariantCulture)]
        : ["", ""];

    private static ReadMask Count(WrinkleDataset dataset, WrinkleSample sample)
    {
        var mask = dataset.LoadMask(sample);
        var region = SampleFiles.LoadScoredRegion(sample);
        if (region is not null && (region.Width != mask.Width || region.Height != mask.Height))
            throw new DatasetException(
                $"{sample[Channel.ScoredRegion]}: has {region.Width} x {region.Height} pixels, "
                    + $"the mask {mask.Width} x {mask.Height}");
        return new ReadMask(
            mask, region,
            new ImageClassCounts(
                sample.Id, ClassCounts.Count(mask), region is null ? null : ClassCounts.Count(mask, region), null));
    }

    private static ImageClassCounts CountSkin(
        ReadMask read, ISkinSource source, WrinkleSample sample, CancellationToken cancellationToken)
    {
        var (mask, region, counts) = read;
        var skin = source.Find(sample, mask.Width, mask.Height, cancellationToken)
            ?? Mask.Full(mask.Width, mask.Height);
        if (skin.Width != mask.Width || skin.Height != mask.Height)
            skin = skin.Resize(mask.Width, mask.Height);
        return counts with { Skin = ClassCounts.Count(mask, region is null ? skin : skin.And(region)) };
    }

    private static T? Guarded<T>(WrinkleSample sample, ConcurrentBag<(string Id, string Reason)> failed, Func<T> work)
        where T : class
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is RhytidException or ArgumentException)
        {
            failed.Add((sample.Id, error.Message.ReplaceLineEndings(" ")));
            return null;
        }
    }

    private sealed record ReadMask(Mask Mask, Mask? Region, ImageClassCounts Counts);
}

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

/// <summary>Pixels of the two classes in one photo.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Image">In the whole picture.</param>
/// <param name="Scored">Inside the scored region; null where the photo has none.</param>
/// <param name="Skin">On the skin, inside the scored region where there is one; null where the skin is not
/// known.</param>
public sealed record ImageClassCounts(string Id, ClassCounts Image, ClassCounts? Scored, ClassCounts? Skin);

/// <summary>Class imbalance over one part of the pictures.</summary>
/// <param name="Name">What the part is called.</param>
/// <param name="Images">How many pictures have it.</param>
/// <param name="Pooled">The pixels of all of them together.</param>
/// <param name="Shares">The share of wrinkle pixels of each of them, 0 to 1, in the order of ids.</param>
public sealed record RegionImbalance(string Name, int Images, ClassCounts Pooled, IReadOnlyList<double> Shares)
{
    /// <summary>How the shares spread over the pictures.</summary>
    public Distribution PerImage => Distribution.Compute([.. Shares]);

    /// <summary>The imbalance of some pictures; null where none has the part.</summary>
    /// <param name="name">What the part is called.</param>
    /// <param name="images">All pictures.</param>
    /// <param name="part">The counts of a picture in the part; null where it has none.</param>
    public static RegionImbalance? Compute(
        string name, IEnumerable<ImageClassCounts> images, Func<ImageClassCounts, ClassCounts?> part)
    {
        var counts = images.Select(part).OfType<ClassCounts>().Where(counts => counts.Total > 0).ToList();
        return counts.Count == 0
            ? null
            : new RegionImbalance(
                name, counts.Count, counts.Aggregate(ClassCounts.Add),
                [.. counts.Select(counts => counts.WrinkleShare)]);
    }
}
