using System.Collections.Concurrent;
using Rhytid.Imaging;
using Rhytid.Scores;
using Rhytid.Training.Datasets;

namespace Rhytid.Training.Evaluation;

/// <summary>Compares a folder of predicted masks with a data set's manual masks.</summary>
public sealed class MaskEvaluator
{
    private readonly WrinkleDataset _dataset;
    private readonly string _masks;
    private readonly EvaluationOptions _options;
    private readonly ConcurrentBag<ImageScore> _images = [];
    private readonly ConcurrentBag<string> _empty = [];
    private readonly ConcurrentBag<string> _missing = [];
    private readonly ConcurrentBag<string> _missingMaps = [];
    private readonly ConcurrentBag<(string Id, string Reason)> _failed = [];
    private readonly ScoreHistogram _pooledMap = new();

    private MaskEvaluator(WrinkleDataset dataset, string masks, EvaluationOptions options) => (_dataset, _masks, _options) = (dataset, masks, options);

    /// <summary>Scores the masks <c>{id}.mask.png</c> or <c>{id}.png</c> of a folder.</summary>
    /// <param name="dataset">The manual masks.</param>
    /// <param name="masks">The folder.</param>
    /// <param name="options">What to score.</param>
    /// <param name="progress">Told each id when it is done, from any thread.</param>
    /// <param name="cancellationToken">Ends the run between two photos.</param>
    /// <exception cref="ImageException">There is no such folder, or that for overlays cannot be made.</exception>
    public static MaskEvaluation Run(WrinkleDataset dataset, string masks, EvaluationOptions? options = null, Action<string>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        options ??= new EvaluationOptions();
        foreach (var folder in new[] { masks, options.Maps ?? masks })
            if (!Directory.Exists(folder))
                throw new ImageException($"{folder}: there is no such folder");
        if (options.Overlays is not null)
            AtomicFile.MakeFolder(options.Overlays);
        var evaluator = new MaskEvaluator(dataset, masks, options);
        Parallel.ForEach(dataset.Labelled, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken }, sample =>
        {
            evaluator.Score(sample);
            progress?.Invoke(sample.Id);
        });
        return evaluator.Result();
    }

    private void Score(WrinkleSample sample)
    {
        try
        {
            var truth = _dataset.LoadMask(sample);
            if (_options.Empty == EmptyCase.LeaveOut && !truth.Samples.ContainsAnyExcept((byte)0))
                _empty.Add(sample.Id);
            else if (FileOf(_masks, sample.Id, "mask") is not { } path)
                _missing.Add(sample.Id);
            else
                _images.Add(Score(sample, path, truth));
        }
        catch (Exception error) when (error is ImageException or DatasetException)
        {
            _failed.Add((sample.Id, error.Message.ReplaceLineEndings(" ")));
        }
    }

    private ImageScore Score(WrinkleSample sample, string path, Mask truth)
    {
        var scored = SampleFiles.LoadScoredRegion(sample);
        var predicted = Named(path, () => ImageEncoding.LoadMask(path));
        var counts = Named(path, () => MaskCounts.Of(predicted, truth, scored, _options));
        if (_options.Overlays is { } overlays)
            ErrorOverlay.Draw(sample.ImagePath is null ? null : SampleFiles.LoadPhoto(sample), predicted, truth, scored).Save(Path.Combine(overlays, $"{sample.Id}.overlay.jpg"));
        var map = _options.Maps is null ? null : FileOf(_options.Maps, sample.Id, "map");
        if (_options.Maps is not null && map is null)
            _missingMaps.Add(sample.Id);
        if (map is null)
            return new ImageScore(sample.Id, counts, []);
        var histogram = Named(map, () => ScoreHistogram.Of(ImageEncoding.LoadGray16(map), truth, scored));
        lock (_pooledMap)
            _pooledMap.Add(histogram);
        return new ImageScore(sample.Id, counts, [.. MapScore.All.Select(score => score.Of(histogram))]);
    }

    private MaskEvaluation Result()
    {
        var images = _images.OrderBy(image => image.Id, StringComparer.Ordinal).ToList();
        return new MaskEvaluation
        {
            Options = _options,
            Images = images,
            EmptyTruth = InOrder(_empty),
            Missing = InOrder(_missing),
            MissingMaps = InOrder(_missingMaps),
            Failed = [.. _failed.OrderBy(failure => failure.Id, StringComparer.Ordinal)],
            PooledMap = images.Exists(image => image.Map.Count > 0) ? _pooledMap : null,
        };
    }

    private static List<string> InOrder(IEnumerable<string> ids) => [.. ids.Order(StringComparer.Ordinal)];

    private static T Named<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is ArgumentException or ImageException)
        {
            throw new ImageException($"{path}: {error.Message}", error);
        }
    }

    private static string? FileOf(string folder, string id, string kind) =>
        new[] { $"{id}.{kind}.png", $"{id}.png" }.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
