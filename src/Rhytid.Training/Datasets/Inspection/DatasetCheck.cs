using System.Collections.Concurrent;
using System.Text.Json;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Datasets.Inspection;

/// <summary>Reads every file of a data set and lists all that is wrong with it at once.</summary>
public sealed class DatasetCheck
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private DatasetCheck(
        WrinkleDataset dataset, IReadOnlyList<DatasetFinding> findings,
        IReadOnlyList<(WrinkleSample Sample, PhotoFingerprint Fingerprint)> photos)
    {
        (Dataset, Findings, Photos) = (dataset, findings, photos);
    }

    /// <summary>The data set.</summary>
    public WrinkleDataset Dataset { get; }

    /// <summary>Everything that is wrong, ordered by id.</summary>
    public IReadOnlyList<DatasetFinding> Findings { get; }

    /// <summary>The photos that could be read, for <see cref="NearDuplicates"/>.</summary>
    public IReadOnlyList<(WrinkleSample Sample, PhotoFingerprint Fingerprint)> Photos { get; }

    /// <summary>How many files of each channel there are, damaged or not, with the channel's name.</summary>
    public IEnumerable<(Channel Channel, string Name, int Count)> Counts => Channels.All.Select(channel =>
        (channel, channel.Info().Name, Dataset.Samples.Count(sample => sample[channel] is not null)));

    /// <summary>What is wrong with samples that cannot be used.</summary>
    public IEnumerable<DatasetFinding> Damage => Findings.Where(finding => finding.IsDamage);

    /// <summary>The data set without the samples that cannot be used.</summary>
    public WrinkleDataset Sound()
    {
        var damaged = Damage.Select(finding => finding.Id).ToHashSet(StringComparer.Ordinal);
        return damaged.Count == 0 ? Dataset : Dataset.Where(sample => !damaged.Contains(sample.Id));
    }

    /// <summary>Reads all files.</summary>
    /// <param name="dataset">The data set, opened by <see cref="WrinkleDataset.OpenForCheck"/> so that ids with two
    /// files are findings too.</param>
    /// <param name="threads">How many samples are read at a time.</param>
    /// <param name="progress">Told each sample's id when it has been read, from any thread.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static DatasetCheck Run(
        WrinkleDataset dataset, int threads, Action<string>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var expected = ExpectedFiles.Create(dataset);
        var findings = new ConcurrentBag<DatasetFinding>();
        var photos = new ConcurrentBag<(WrinkleSample Sample, PhotoFingerprint Fingerprint)>();
        foreach (var (id, message) in dataset.Clashes)
            findings.Add(new DatasetFinding(FindingKind.TwoFiles, id, message));
        Parallel.ForEach(
            dataset.Samples,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, sample =>
            {
                var check = new SampleCheck(dataset, sample, expected);
                check.Run();
                foreach (var finding in check.Findings)
                    findings.Add(finding);
                if (check.Fingerprint is { } fingerprint)
                    photos.Add((sample, fingerprint));
                progress?.Invoke(sample.Id);
            });
        return new DatasetCheck(dataset,
            [.. findings.OrderBy(finding => finding.Id, StringComparer.Ordinal)
                .ThenBy(finding => finding.Message, StringComparer.Ordinal)],
            [.. photos.OrderBy(photo => photo.Sample.Id, StringComparer.Ordinal)]);
    }

    /// <summary>Reads all files of several sets, one set after the other.</summary>
    /// <param name="datasets">The sets.</param>
    /// <param name="threads">How many samples are read at a time.</param>
    /// <param name="progress">Told each sample's id when it has been read, from any thread.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static IReadOnlyList<DatasetCheck> Run(
        IEnumerable<WrinkleDataset> datasets, int threads, Action<string>? progress = null,
        CancellationToken cancellationToken = default) =>
        [.. datasets.Select(dataset => Run(dataset, threads, progress, cancellationToken))];

    /// <summary>What was found in some sets, as JSON.</summary>
    /// <param name="checks">The sets.</param>
    /// <param name="samePhotos">Groups of photos that are the same.</param>
    public static string ToJson(
        IEnumerable<DatasetCheck> checks, IReadOnlyList<IReadOnlyList<string>> samePhotos) =>
        JsonSerializer.Serialize(new
        {
            schema = "rhytid.data-check/1",
            sets = checks.Select(check => new
            {
                folder = check.Dataset.Folder,
                layout = check.Dataset.Layout.Name,
                ids = check.Dataset.Samples.Count,
                labelled = check.Dataset.Labelled.Count(),
                findings = check.Findings.Select(finding => new
                {
                    kind = JsonNamingPolicy.CamelCase.ConvertName(finding.Kind.ToString()),
                    id = finding.Id,
                    message = finding.Message,
                }),
            }),
            samePhotos,
        }, Indented);
}

/// <summary>What can be wrong with a file of a data set.</summary>
public enum FindingKind
{
    /// <summary>A file that belongs to an id is not there.</summary>
    Missing,

    /// <summary>A file without bytes.</summary>
    Empty,

    /// <summary>A mask in which nothing is drawn: smooth skin, or a photo that nobody labelled.</summary>
    EmptyMask,

    /// <summary>A file whose size does not fit its photo's.</summary>
    WrongSize,

    /// <summary>A file that cannot be read.</summary>
    Unreadable,

    /// <summary>A mask whose values are not those of a mask.</summary>
    WrongValues,

    /// <summary>Two files of one kind for one id.</summary>
    TwoFiles,
}

/// <summary>Something wrong with one file.</summary>
/// <param name="Kind">What.</param>
/// <param name="Id">The sample.</param>
/// <param name="Message">The file and what is wrong with it, in one line.</param>
public sealed record DatasetFinding(FindingKind Kind, string Id, string Message)
{
    /// <summary>Whether the sample cannot be used: a file of it is there and is not what it should be.</summary>
    public bool IsDamage => Kind is FindingKind.Empty or FindingKind.WrongSize or FindingKind.Unreadable;
}
