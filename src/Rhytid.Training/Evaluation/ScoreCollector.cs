using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Rhytid.Imaging;
using Rhytid.Scores;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Evaluation;

/// <summary>
/// Gathers the scores of photos that are compared side by side, in any order; the result does not depend on it.
/// </summary>
internal sealed class ScoreCollector(EvaluationOptions options)
{
    private readonly ConcurrentBag<ImageScore> _images = [];
    private readonly ConcurrentBag<string> _empty = [];
    private readonly ConcurrentBag<string> _missing = [];
    private readonly ConcurrentBag<string> _missingMaps = [];
    private readonly ConcurrentBag<(string Id, string Reason)> _failed = [];
    private readonly ScoreHistogram _pooledMap = new();

    /// <summary>Scores every photo; one that cannot be read is noted, and the others are scored.</summary>
    /// <param name="ids">The photos.</param>
    /// <param name="threads">How many at a time.</param>
    /// <param name="score">Scores one.</param>
    /// <param name="progress">Told each id when it is done, from any thread.</param>
    /// <param name="cancellationToken">Ends the run between two photos, or inside one where <paramref name="score"/>
    /// looks at it.</param>
    public MaskEvaluation Run(
        IEnumerable<string> ids, int threads, Action<string> score, Action<string>? progress,
        CancellationToken cancellationToken)
    {
        try
        {
            Parallel.ForEach(
                ids, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
                (id, state) =>
                {
                    try
                    {
                        score(id);
                        progress?.Invoke(id);
                    }
                    catch (Exception error) when (error is RhytidException)
                    {
                        _failed.Add((id, error.Message.ReplaceLineEndings(" ")));
                        progress?.Invoke(id);
                    }
                    catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                    {
                        state.Stop();
                    }
                });
        }
        catch (AggregateException errors)
        {
            // Several threads may meet the same trouble; one line is enough.
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }
        cancellationToken.ThrowIfCancellationRequested();
        return Result();
    }

    /// <summary>Whether a photo is left out because nobody drew a wrinkle on it; it is noted.</summary>
    public bool LeavesOut(string id, Mask truth)
    {
        var isLeftOut = options.Empty == EmptyCase.LeaveOut && !truth.Samples.ContainsAnyExcept((byte)0);
        if (isLeftOut)
            _empty.Add(id);
        return isLeftOut;
    }

    /// <summary>Notes a photo that has no predicted mask.</summary>
    public void AddMissing(string id) => _missing.Add(id);

    /// <summary>Notes a photo that has no map.</summary>
    public void AddMissingMap(string id) => _missingMaps.Add(id);

    /// <summary>Adds a photo's scores.</summary>
    /// <param name="id">The photo.</param>
    /// <param name="counts">Of its mask.</param>
    /// <param name="map">Of its map, or null where there is none.</param>
    public void Add(string id, MaskCounts counts, ScoreHistogram? map)
    {
        if (map is not null)
        {
            lock (_pooledMap)
                _pooledMap.Add(map);
        }
        _images.Add(new ImageScore(id, counts, map is null ? [] : [.. MapScore.All.Select(score => score.Of(map))]));
    }

    private MaskEvaluation Result()
    {
        var images = _images.OrderBy(image => image.Id, StringComparer.Ordinal).ToList();
        return new MaskEvaluation
        {
            Options = options,
            Images = images,
            EmptyTruth = InOrder(_empty),
            Missing = InOrder(_missing),
            MissingMaps = InOrder(_missingMaps),
            Failed = [.. _failed.OrderBy(failure => failure.Id, StringComparer.Ordinal)],
            PooledMap = images.Exists(image => image.Map.Count > 0) ? _pooledMap : null,
        };
    }

    private static List<string> InOrder(IEnumerable<string> ids) => [.. ids.Order(StringComparer.Ordinal)];
}
