using System.Collections.Concurrent;
using System.Globalization;
using Rhytid.Imaging;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Datasets.Annotators;

/// <summary>STAPLE over many photos.</summary>
public sealed record StapleResults
{
    /// <summary>The estimate of each photo; one and the same for all where it was pooled.</summary>
    public required IReadOnlyDictionary<string, StapleEstimate> ById { get; init; }

    /// <summary>Id and reason of photos that could not be read.</summary>
    public required IReadOnlyList<(string Id, string Reason)> Failed { get; init; }

    /// <summary>Estimates photo by photo, or once from all photos together.</summary>
    /// <param name="set">The annotators.</param>
    /// <param name="ids">The photos.</param>
    /// <param name="pooled">One estimate of each annotator over all photos, instead of one for each photo.</param>
    /// <param name="options">Region, tolerance, most steps.</param>
    /// <param name="threads">How many photos at a time; the result does not depend on it.</param>
    /// <param name="progress">Called after each photo with its id, from any thread.</param>
    /// <param name="cancellationToken">Ends the run between two photos.</param>
    public static StapleResults Create(
        AnnotatorSet set, IReadOnlyList<string> ids, bool pooled, StapleOptions options, int threads,
        Action<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(ids);
        var patterns = new ConcurrentDictionary<string, VotePatterns>(StringComparer.Ordinal);
        var estimates = new ConcurrentDictionary<string, StapleEstimate>(StringComparer.Ordinal);
        var failed = new ConcurrentBag<(string Id, string Reason)>();
        Parallel.ForEach(
            ids, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, id =>
            {
                try
                {
                    patterns[id] = Staple.PatternsOf(set.Load(id), options);
                    if (!pooled)
                        estimates[id] = Staple.Estimate(patterns[id], set.Annotators.Count, options);
                }
                catch (Exception error) when (error is RhytidException or ArgumentException)
                {
                    failed.Add((id, error.Message.ReplaceLineEndings(" ")));
                }
                progress?.Invoke(id);
            });

        if (pooled)
        {
            var one = Staple.Estimate(Sum(patterns.Values), set.Annotators.Count, options);
            foreach (var id in patterns.Keys)
                estimates[id] = one;
        }
        return new StapleResults
        {
            ById = estimates,
            Failed = [.. failed.OrderBy(failure => failure.Id, StringComparer.Ordinal)],
        };
    }

    /// <summary>
    /// Mean over photos of one annotator's sensitivity and specificity; photos where they cannot be known are left out.
    /// </summary>
    public (double Sensitivity, double Specificity) MeanOf(int annotator) =>
        (Mean(estimate => estimate.Sensitivity[annotator]), Mean(estimate => estimate.Specificity[annotator]));

    /// <summary>The estimate of each annotator on each photo as CSV.</summary>
    /// <param name="set">The annotators that were judged.</param>
    public string ToCsv(AnnotatorSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return CsvTable.Write(
            ["id", "annotator", "sensitivity", "specificity", "prior", "iterations", "converged"],
            from photo in ById.OrderBy(photo => photo.Key, StringComparer.Ordinal)
            from annotator in set.Annotators.Index()
            let estimate = photo.Value
            select (IReadOnlyList<string>)
            [
                photo.Key, annotator.Item.Name, Numbers.ForCsv(estimate.Sensitivity[annotator.Index]),
                Numbers.ForCsv(estimate.Specificity[annotator.Index]), Numbers.ForCsv(estimate.Prior),
                estimate.Iterations.ToString(CultureInfo.InvariantCulture), estimate.Converged ? "1" : "0"
            ]);
    }

    // In the order of ids: sums of floating-point numbers depend on the order.
    private double Mean(Func<StapleEstimate, double> of) =>
        ById.OrderBy(photo => photo.Key, StringComparer.Ordinal).Select(photo => of(photo.Value)).Where(
            double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    private static VotePatterns Sum(IEnumerable<VotePatterns> photos)
    {
        var sum = new VotePatterns();
        foreach (var photo in photos)
            sum.Add(photo);
        return sum;
    }
}
