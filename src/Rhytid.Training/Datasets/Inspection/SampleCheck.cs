using Rhytid.Imaging;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Datasets.Inspection;

/// <summary>Reads the files of one sample.</summary>
internal sealed class SampleCheck(WrinkleDataset dataset, WrinkleSample sample, ExpectedFiles expected)
{
    // Levels between black and white that a JPEG or a smooth resize leaves in a mask.
    private const double MostGreyInAMask = 0.001;

    private readonly List<DatasetFinding> _findings = [];

    public IReadOnlyList<DatasetFinding> Findings => _findings;

    public PhotoFingerprint? Fingerprint { get; private set; }

    public void Run()
    {
        var size = CheckPhoto();
        var isLabelled = sample[Channel.Wrinkles] is not null;
        foreach (var channel in Channels.All.Where(channel => !channel.Info().IsRequired))
            if (sample[channel] is { } file)
                Check(channel, file, size);
            else if (expected.Channels.Contains(channel) && (isLabelled || !IsOfLabelled(channel)))
                Missing(channel.Info().Name);

        if (sample.MaskedImagePath is { } masked)
            RequireSize(masked, "masked photo", Read(masked, static path => ImageEncoding.LoadGray(path)), size);
        else if (expected.MaskedImage && isLabelled)
            Missing("masked photo");
    }

    // Where pixels count says nothing without a mask.
    private static bool IsOfLabelled(Channel channel) => channel.Info().Values == ChannelValues.Region;

    private void Check(Channel channel, string path, (int Width, int Height)? size)
    {
        var info = channel.Info();
        switch (info.Values)
        {
            case ChannelValues.Color or ChannelValues.Level:
                RequireSize(path, info.Name, Read(path, static path => ImageEncoding.LoadGray(path)), size);
                break;
            case ChannelValues.Line:
                CheckMask(path, info.Name, size);
                break;
            case ChannelValues.Flag or ChannelValues.Region:
                CheckRegion(path, info.Name, size);
                break;
            case ChannelValues.Part:
                CheckLabels(path, size);
                break;
            default:
                throw Channels.Unknown(info.Values);
        }
    }

    private (int Width, int Height)? CheckPhoto()
    {
        if (sample[Channel.Photo] is not { } path)
        {
            Missing("photo");
            return null;
        }
        if (Read(path, static path => ImageEncoding.LoadGray(path)) is not { } gray)
            return null;
        Fingerprint = PhotoFingerprint.Compute(gray);
        return (gray.Width, gray.Height);
    }

    private void CheckMask(string path, string what, (int Width, int Height)? size)
    {
        if (Read(path, static path => ImageEncoding.LoadLabels(path)) is not { } levels)
            return;
        RequireSize(path, what, levels, size);
        CheckValues(path, levels);
        if (SampleFiles.MaskOf(levels, dataset.WrinkleValue).Count() == 0)
            Add(FindingKind.EmptyMask, $"{path}: no pixel of this mask is a wrinkle");
    }

    // A mask saved as JPEG or resized smoothly has grey edges; one of class values in a 0/255 set would be cut to
    // nothing.
    private void CheckValues(string path, Plane<byte> levels)
    {
        Span<int> counts = stackalloc int[byte.MaxValue + 1];
        foreach (var level in levels.Samples)
            counts[level]++;
        var largest = counts.LastIndexOfAnyExcept(0);
        if (dataset.WrinkleValue is { } value)
        {
            if (largest > 18 && largest != value)
                Add(
                    FindingKind.WrongValues,
                    $"{path}: holds the value {largest}, but this set's masks hold class values and {value} is wrinkle");
            return;
        }
        if (largest is > 1 and <= 18)
        {
            Add(
                FindingKind.WrongValues,
                $"{path}: holds class values up to {largest}, so nothing in it counts as wrinkle; give --wrinkle-value");
            return;
        }
        var gray = levels.Samples.Length - counts[0] - counts[1] - counts[byte.MaxValue];
        if (gray > MostGreyInAMask * levels.Samples.Length)
            Add(
                FindingKind.WrongValues,
                $"{path}: {100.0 * gray / levels.Samples.Length:0.0} % of its pixels are neither black nor white; masks have to be saved without loss (PNG)");
    }

    private void CheckRegion(string path, string what, (int Width, int Height)? size)
    {
        if (Read(path, static path => ImageEncoding.LoadMask(path)) is not { } mask)
            return;
        RequireSize(path, what, mask, size);
        if (mask.Count() == 0)
            Add(FindingKind.EmptyMask, $"{path}: this {what} is empty");
    }

    // Labels may be smaller than the photo (512 for 1024), but not of another shape.
    private void CheckLabels(string path, (int Width, int Height)? size)
    {
        try
        {
            if (Read(path, FaceLabels.Load) is { } labels
                && size is { } photo
                && (long)labels.Width * photo.Height != (long)labels.Height * photo.Width)
                Add(
                    FindingKind.WrongSize,
                    $"{path}: {labels.Width} x {labels.Height} labels do not have the shape of the photo of {photo.Width} x {photo.Height}");
        }
        catch (DatasetException error)
        {
            Add(FindingKind.WrongValues, error.Message);
        }
    }

    private void RequireSize(string path, string what, Raster<byte>? raster, (int Width, int Height)? size)
    {
        if (raster is not null && size is { } photo && (raster.Width, raster.Height) != photo)
            Add(
                FindingKind.WrongSize,
                $"{path}: the {what} has {raster.Width} x {raster.Height} pixels, the photo {photo.Width} x {photo.Height}");
    }

    private T? Read<T>(string path, Func<string, T> load)
        where T : class
    {
        try
        {
            if (new FileInfo(path).Length == 0)
            {
                Add(FindingKind.Empty, $"{path}: the file is empty");
                return null;
            }
            return load(path);
        }
        catch (Exception error) when (error is RhytidException or IOException or UnauthorizedAccessException)
        {
            Add(FindingKind.Unreadable, error.Message.Contains(path, StringComparison.Ordinal)
                ? error.Message
                : $"{path}: {error.Message}");
            return null;
        }
    }

    private void Missing(string what) => Add(FindingKind.Missing, $"{sample.Id}: there is no {what}");

    private void Add(FindingKind kind, string message) => _findings.Add(new DatasetFinding(kind, sample.Id, message));
}

/// <summary>Which files every sample of a data set has to have.</summary>
/// <param name="Channels">Channels that some samples have, and those that the layout asks for.</param>
/// <param name="MaskedImage">For labelled samples: the photo, black outside the skin.</param>
internal readonly record struct ExpectedFiles(IReadOnlySet<Channel> Channels, bool MaskedImage)
{
    /// <summary>A kind of file that some samples have, all have to have, unless the layout allows gaps.</summary>
    public static ExpectedFiles Create(WrinkleDataset dataset)
    {
        var channels = dataset.Samples.SelectMany(sample => sample.Paths.Select(path => path.Key)).ToHashSet();
        channels.Add(Channel.Photo);
        // Most of FFHQ-Wrinkle has no manual mask.
        if (dataset.Layout == DatasetLayouts.FfhqWrinkle)
            channels.Remove(Channel.Wrinkles);
        if (dataset.Layout == DatasetLayouts.Parsing)
            channels.Add(Channel.Labels);
        return new(channels, dataset.Samples.Any(sample => sample.MaskedImagePath is not null));
    }
}
