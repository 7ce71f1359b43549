using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Rhytid.Imaging;
using Rhytid.Scores;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Datasets.Annotators;

/// <summary>How far annotators agree: every pair, and the average over pairs.</summary>
public sealed record Agreement
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Every two annotators.</summary>
    public required IReadOnlyList<AnnotatorPair> Pairs { get; init; }

    /// <summary>What was computed.</summary>
    public required IReadOnlyList<AgreementScore> Scores { get; init; }

    /// <summary>Id and reason of photos that could not be compared.</summary>
    public required IReadOnlyList<(string Id, string Reason)> Failed { get; init; }

    /// <summary>Mean over pairs of the mean over photos.</summary>
    public double ImageMean(AgreementScore score) => Mean(pair => pair.ImageMean(score));

    /// <summary>Mean over pairs of the score of all pixels together.</summary>
    public double Pooled(AgreementScore score)
    {
        ArgumentNullException.ThrowIfNull(score);
        return Mean(pair => score.Of(pair.Pooled));
    }

    /// <summary>Compares the annotators of a set.</summary>
    /// <param name="set">The annotators.</param>
    /// <param name="ids">The photos; a pair is compared on those that both drew.</param>
    /// <param name="tolerances">In pixels.</param>
    /// <param name="regionOf">Where pixels of an id count, or null for everywhere.</param>
    /// <param name="threads">How many photos at a time; the result does not depend on it.</param>
    /// <param name="progress">Called after each photo with its id, from any thread.</param>
    /// <param name="cancellationToken">Ends the run between two photos.</param>
    /// <exception cref="DatasetException">No two annotators drew the same photo.</exception>
    public static Agreement Compute(
        AnnotatorSet set, IReadOnlyList<string> ids, IReadOnlyList<int> tolerances, Func<string, Mask?> regionOf,
        int threads,
        Action<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(regionOf);
        var places = PairsOf(set.Annotators.Count);
        var counts = new AgreementCounts?[ids.Count][];
        var failed = new ConcurrentBag<(string Id, string Reason)>();
        Parallel.For(
            0, ids.Count,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, i =>
            {
                try
                {
                    counts[i] = Compare(set.Load(ids[i]), places, tolerances, regionOf(ids[i]));
                }
                catch (Exception error) when (error is RhytidException or ArgumentException)
                {
                    failed.Add((ids[i], error.Message.ReplaceLineEndings(" ")));
                }
                progress?.Invoke(ids[i]);
            });

        var pairs = places.Select((pair, p) => (
                First: set.Annotators[pair.First].Name,
                Second: set.Annotators[pair.Second].Name,
                Images: ids
                    .Select((id, i) => (Id: id, Counts: counts[i]?[p]))
                    .Where(image => image.Counts is not null)
                    .Select(image => (image.Id, image.Counts!))
                    .ToList()))
            .Where(pair => pair.Images.Count > 0)
            .Select(pair => new AnnotatorPair(pair.First, pair.Second, pair.Images))
            .ToList();
        return pairs.Count > 0 || !failed.IsEmpty
            ? new Agreement
            {
                Pairs = pairs,
                Scores = AgreementScore.All(tolerances),
                Failed = [.. failed.OrderBy(failure => failure.Id, StringComparer.Ordinal)]
            }
            : throw new DatasetException("no two annotators drew the same photo");
    }

    /// <summary>Counts and scores of each pair on each photo as CSV.</summary>
    public string ToCsv() => CsvTable.Write(
        [
            "id", "first", "second", "both", "first_only", "second_only", "neither",
            .. Scores.Select(score => score.Key)
        ],
        from pair in Pairs
        from image in pair.Images
        let pixels = image.Counts.Pixels
        let counts = new[]
        {
            pixels.TruePositives, pixels.FalsePositives, pixels.FalseNegatives, pixels.TrueNegatives
        }
        select (IReadOnlyList<string>)
        [
            image.Id, pair.First, pair.Second,
            .. counts.Select(count => count.ToString(CultureInfo.InvariantCulture)),
            .. Scores.Select(score => Numbers.ForCsv(score.Of(image.Counts)))
        ]);

    /// <summary>The averages of each pair and over pairs as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(new
    {
        pairs = Pairs.Select(pair => new
        {
            first = pair.First,
            second = pair.Second,
            photos = pair.Images.Count,
            bothEmpty = pair.BothEmpty,
            pearsonUndefined = pair.PearsonUndefined,
            imageMean = ByKey(pair.ImageMean),
            pooled = ByKey(score => score.Of(pair.Pooled)),
        }),
        mean = new { imageMean = ByKey(ImageMean), pooled = ByKey(Pooled) },
    }, Indented);

    private Dictionary<string, double?> ByKey(Func<AgreementScore, double> value) =>
        Scores.ToDictionary(score => score.Key, score => Numbers.ForJson(value(score)));

    private static AgreementCounts?[] Compare(
        IReadOnlyList<Mask?> masks, List<(int First, int Second)> places, IReadOnlyList<int> tolerances,
        Mask? region) =>
        [.. places.Select(
            pair => masks[pair.First] is { } first && masks[pair.Second] is { } second
                ? AgreementCounts.Count(first, second, tolerances, region)
                : null)];

    private static List<(int First, int Second)> PairsOf(int annotators) =>
        [.. Enumerable.Range(0, annotators)
            .SelectMany(first => Enumerable.Range(first + 1, annotators - first - 1).Select(second => (first, second)))
            ];

    private double Mean(Func<AnnotatorPair, double> of) =>
        Pairs.Select(of).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
}

/// <summary>Pixels of two annotators' masks of one photo, or of many photos together.</summary>
/// <param name="Pixels">The first as prediction, the second as truth; every score of agreement is the same the other
/// way round.</param>
/// <param name="Tolerant">Pixels with a partner nearby, for each tolerance.</param>
public sealed record AgreementCounts(ConfusionCounts Pixels, IReadOnlyList<TolerantCounts> Tolerant)
{
    /// <summary>Whether neither drew anything: then Jaccard and F1 are 1, and Pearson is undefined.</summary>
    public bool BothEmpty => Pixels.TruePositives + Pixels.FalsePositives + Pixels.FalseNegatives == 0;

    /// <summary>Counts the pixels of two masks.</summary>
    /// <param name="first">One annotator's.</param>
    /// <param name="second">The other's, of the same size.</param>
    /// <param name="tolerances">In pixels.</param>
    /// <param name="scored">Where pixels count; everywhere unless given.</param>
    public static AgreementCounts Count(Mask first, Mask second, IReadOnlyList<int> tolerances, Mask? scored = null) =>
        new(ConfusionCounts.Count(first, second, scored), TolerantCounts.Count(first, second, tolerances, scored));

    /// <summary>Counts of two photos together.</summary>
    public static AgreementCounts operator +(AgreementCounts a, AgreementCounts b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return new AgreementCounts(a.Pixels + b.Pixels, [.. a.Tolerant.Zip(b.Tolerant, TolerantCounts.Add)]);
    }

    /// <summary>Counts of two photos together.</summary>
    public static AgreementCounts Add(AgreementCounts left, AgreementCounts right) => left + right;
}

/// <summary>One score of agreement.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Key">What files call it.</param>
/// <param name="Of">Its value; NaN where it is undefined.</param>
public sealed record AgreementScore(string Name, string Key, Func<AgreementCounts, double> Of)
{
    /// <summary>Jaccard, Pearson, F1, and F1 with each tolerance.</summary>
    /// <param name="tolerances">In pixels, in the order of the counts.</param>
    public static IReadOnlyList<AgreementScore> All(IReadOnlyList<int> tolerances)
    {
        ArgumentNullException.ThrowIfNull(tolerances);
        return
        [
            new AgreementScore("Jaccard", "jaccard", counts => counts.Pixels.Jsi),
            new AgreementScore("Pearson", "pearson", counts => counts.Pixels.Pearson),
            new AgreementScore("F1", "f1", counts => counts.Pixels.F1),
            .. tolerances.Select((tolerance, i) => new AgreementScore(
                string.Create(CultureInfo.InvariantCulture, $"F1, {tolerance} px"),
                    string.Create(CultureInfo.InvariantCulture, $"f1_{tolerance}px"), counts => counts.Tolerant[i].F1)),
        ];
    }
}

/// <summary>How far two annotators agree.</summary>
/// <param name="First">The name of one.</param>
/// <param name="Second">The name of the other.</param>
/// <param name="Images">Counts by id, in the order of ids.</param>
public sealed record AnnotatorPair(
    string First, string Second, IReadOnlyList<(string Id, AgreementCounts Counts)> Images)
{
    /// <summary>Both names.</summary>
    public string Name => $"{First} & {Second}";

    /// <summary>All pixels of all photos together.</summary>
    public AgreementCounts Pooled { get; } = Images.Select(image => image.Counts).Aggregate(AgreementCounts.Add);

    /// <summary>Photos on which neither drew anything.</summary>
    public int BothEmpty => Images.Count(image => image.Counts.BothEmpty);

    /// <summary>Photos on which Pearson is undefined because one of the two masks is empty (or full).</summary>
    public int PearsonUndefined => Images.Count(image => double.IsNaN(image.Counts.Pixels.Pearson));

    /// <summary>Mean over photos of one score; photos where it is undefined are left out.</summary>
    public double ImageMean(AgreementScore score)
    {
        ArgumentNullException.ThrowIfNull(score);
        return Images
            .Select(image => score.Of(image.Counts))
            .Where(double.IsFinite)
            .DefaultIfEmpty(double.NaN)
            .Average();
    }
}

/// <summary>
/// What Moon, Chung and Jang (2024) publish for their three annotators of FFHQ-Wrinkle. They do not say whether photos
/// or pixels are averaged, nor over which part of the photo.
/// </summary>
public static class PublishedAgreement
{
    /// <summary>Jaccard of A and B, B and C, A and C.</summary>
    public static IReadOnlyList<double> Jaccard { get; } = [0.2631, 0.2962, 0.3182];

    /// <summary>Pearson of A and B, B and C, A and C.</summary>
    public static IReadOnlyList<double> Pearson { get; } = [0.4167, 0.4559, 0.4928];
}
