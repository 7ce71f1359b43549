using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Rhytid.Imaging;
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
