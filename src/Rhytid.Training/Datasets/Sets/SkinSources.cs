using Rhytid.Imaging;

namespace Rhytid.Training.Datasets.Sets;

/// <summary>Makes the sources of skin masks.</summary>
public static class SkinSources
{
    /// <summary>The whole photo counts.</summary>
    public static ISkinSource None { get; } = new WholePhoto();

    /// <summary>Face parsing labels of the data set.</summary>
    /// <param name="order">The order of their classes.</param>
    /// <param name="classes">The classes that are skin; skin and nose unless given.</param>
    public static ISkinSource Labels(LabelOrder order, IReadOnlySet<int>? classes = null) =>
        new FromLabels(order, classes ?? FaceLabels.SkinClasses(order));

    /// <summary>Skin masks of the data set.</summary>
    public static ISkinSource Masks { get; } = new FromMasks();

    /// <summary>Faces are looked for in the photos, and skin on them.</summary>
    /// <param name="finder">Finds them; not disposed with the source.</param>
    /// <param name="whole">Every photo is one aligned face, as FFHQ's are.</param>
    public static ISkinSource Found(PhotoSkinFinder finder, bool whole) => new FromPhotos(finder, whole);

    /// <summary>What a data set brings itself: labels, else masks. Null where it brings neither.</summary>
    public static ISkinSource? OwnOf(WrinkleDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (dataset.Samples.Any(sample => sample[Channel.Labels] is not null))
            return Labels(dataset.Layout.LabelOrder);
        return dataset.Samples.Any(sample => sample[Channel.Skin] is not null) ? Masks : null;
    }

    private static DatasetException Missing(WrinkleSample sample, string what) =>
        new($"{sample.Id}: there is no {what} for this photo");

    private static string? Existing(string? path) => File.Exists(path) ? path : null;

    private sealed class WholePhoto : ISkinSource
    {
        public string Name => "none";

        public Mask? Find(WrinkleSample sample, int width, int height, CancellationToken cancellationToken) => null;
    }

    private sealed class FromLabels(LabelOrder order, IReadOnlySet<int> classes) : ISkinSource
    {
        public string Name => $"labels {string.Join(',', classes.Order())} in the order of {order}";

        public Mask Find(WrinkleSample sample, int width, int height, CancellationToken cancellationToken) =>
            FaceLabels.MaskOf(
                FaceLabels.Load(Existing(sample[Channel.Labels]) ?? throw Missing(sample, "file of parsing labels")),
                classes, width, height);
    }

    private sealed class FromMasks : ISkinSource
    {
        public string Name => "masks";

        public Mask Find(WrinkleSample sample, int width, int height, CancellationToken cancellationToken)
        {
            var path = Existing(sample[Channel.Skin]) ?? throw Missing(sample, "skin mask");
            var mask = SampleFiles.Load(path, static path => ImageEncoding.LoadMask(path));
            return mask.Width == width && mask.Height == height ? mask : mask.Resize(width, height);
        }
    }

    private sealed class FromPhotos(PhotoSkinFinder finder, bool whole) : ISkinSource
    {
        public string Name => whole ? "found on whole faces" : "found";

        public Mask Find(WrinkleSample sample, int width, int height, CancellationToken cancellationToken)
        {
            var photo = SampleFiles.LoadPhoto(sample);
            return finder.Find(photo, new SegmentOptions { Whole = whole }, cancellationToken)
                ?? throw new DatasetException($"{sample[Channel.Photo]}: no face was found; use --whole for aligned faces");
        }
    }
}

/// <summary>Where the skin of a data set's photos is known from. Safe to use from many threads.</summary>
public interface ISkinSource
{
    /// <summary>What it is called in settings and messages.</summary>
    string Name { get; }

    /// <summary>The skin of one photo.</summary>
    /// <param name="sample">The sample, which has a photo.</param>
    /// <param name="width">Columns of the photo.</param>
    /// <param name="height">Rows of the photo.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>A mask of that size; null for all of the photo.</returns>
    /// <exception cref="DatasetException">There is none for this sample.</exception>
    /// <exception cref="ImageException">A file cannot be read.</exception>
    Mask? Find(WrinkleSample sample, int width, int height, CancellationToken cancellationToken = default);
}
