using Rhytid.Imaging;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Datasets.Preparation;

/// <summary>Makes a plain set with semi-automatic labels from a set whose masks are rough labels.</summary>
public sealed class SemiAutomaticLabelMaker(SemiAutomaticOptions options)
{
    /// <summary>
    /// The files of the new set: photos, labels, and scored regions and skin masks where the old one has them.
    /// </summary>
    /// <param name="dataset">Photos and rough labels; samples that lack one of them are left out.</param>
    /// <param name="target">Makes the files.</param>
    public IReadOnlyList<FileJob> Jobs(WrinkleDataset dataset, PlainSet target)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(target);
        var jobs = new List<FileJob>();
        foreach (var sample in dataset.Labelled.Where(sample => sample[Channel.Photo] is not null))
        {
            var id = sample.Id;
            jobs.Add(
                options.Size is null
                    ? target.Photo(id, sample)!
                    : target.Photo(id, () => Sized(SampleFiles.LoadPhoto(sample))));
            jobs.Add(target.WrinkleMask(id, () => Make(dataset, sample)));
            if (sample[Channel.ScoredRegion] is not null)
                jobs.Add(target.ScoredRegion(id, () => Sized(SampleFiles.LoadScoredRegion(sample)!)));
            if (sample[Channel.Skin] is { } skin)
                jobs.Add(target.SkinMask(id, () => Sized(SampleFiles.LoadMask(skin))));
        }
        return jobs;
    }

    /// <summary>The label of one photo.</summary>
    public Mask Make(WrinkleDataset dataset, WrinkleSample sample)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var gray = SampleFiles.LoadGrayPhoto(sample);
        var rough = dataset.LoadMask(sample);
        if (rough.Width != gray.Width || rough.Height != gray.Height)
            throw new DatasetException(
                $"{sample[Channel.Wrinkles]}: has {rough.Width} x {rough.Height} pixels, its photo {gray.Width} x {gray.Height}");
        var (width, height) = SizeFor(gray.Width, gray.Height);
        if (width != gray.Width || height != gray.Height)
        {
            gray = gray.Resize(width, height);
            // Any coverage counts: the rough label only says where to look, and shrinking must not lose a thin line.
            var shrunk = new Plane<byte>(width, height);
            MaskShrinker.Resize(
                rough.Samples, rough.Width, rough.Height, shrunk.Samples, width, height, MaskResize.Any);
            rough = Mask.FromLevels(shrunk);
        }
        return SemiAutomaticLabel.Compute(gray, rough, options.Rule);
    }

    private Image Sized(Image photo) =>
        SizeFor(photo.Width, photo.Height) is var (width, height) && (width, height) != (photo.Width, photo.Height)
            ? photo.Resize(width, height)
            : photo;

    private Mask Sized(Mask mask) =>
        SizeFor(mask.Width, mask.Height) is var (width, height) && (width, height) != (mask.Width, mask.Height)
            ? mask.Resize(width, height)
            : mask;

    private (int Width, int Height) SizeFor(int width, int height)
    {
        if (options.Size is not { } size)
            return (width, height);
        var scale = (double)size / Math.Max(width, height);
        return (Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));
    }
}
