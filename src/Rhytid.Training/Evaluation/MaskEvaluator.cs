using Rhytid.Imaging;
using Rhytid.Scores;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Evaluation;

/// <summary>Compares a folder of predicted masks with a data set's manual masks.</summary>
public sealed class MaskEvaluator
{
    private readonly WrinkleDataset _dataset;
    private readonly string _masks;
    private readonly EvaluationOptions _options;
    private readonly ScoreCollector _collector;

    private MaskEvaluator(WrinkleDataset dataset, string masks, EvaluationOptions options) =>
        (_dataset, _masks, _options, _collector) = (dataset, masks, options, new ScoreCollector(options));

    /// <summary>Scores the masks <c>{id}.mask.png</c> or <c>{id}.png</c> of a folder.</summary>
    /// <param name="dataset">The manual masks.</param>
    /// <param name="masks">The folder.</param>
    /// <param name="options">What to score.</param>
    /// <param name="progress">Told each id when it is done, from any thread.</param>
    /// <param name="cancellationToken">Ends the run between two photos.</param>
    /// <exception cref="ImageException">There is no such folder.</exception>
    /// <exception cref="OutputException">The folder of overlays cannot be made.</exception>
    public static MaskEvaluation Run(
        WrinkleDataset dataset, string masks, EvaluationOptions? options = null, Action<string>? progress = null,
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
        var samples = dataset.Labelled.ToDictionary(sample => sample.Id);
        return evaluator._collector.Run(
            samples.Keys, options.Threads, id => evaluator.Score(samples[id]), progress, cancellationToken);
    }

    private void Score(WrinkleSample sample)
    {
        var truth = _dataset.LoadMask(sample);
        if (_collector.LeavesOut(sample.Id, truth))
            return;
        if (FileOf(_masks, sample.Id, "mask") is { } path)
            Score(sample, path, truth);
        else
            _collector.AddMissing(sample.Id);
    }

    private void Score(WrinkleSample sample, string path, Mask truth)
    {
        var scored = SampleFiles.LoadScoredRegion(sample);
        var predicted = Named(path, () => ImageEncoding.LoadMask(path));
        var counts = Named(path, () => MaskCounts.Count(predicted, truth, scored, _options));
        if (_options.Overlays is { } overlays)
            ErrorOverlay.Draw(sample[Channel.Photo] is null ? null : SampleFiles.LoadPhoto(sample), predicted, truth,
                scored)
                .Save(Path.Combine(overlays, $"{sample.Id}.overlay.jpg"));
        var map = _options.Maps is null ? null : FileOf(_options.Maps, sample.Id, "map");
        if (_options.Maps is not null && map is null)
            _collector.AddMissingMap(sample.Id);
        _collector.Add(
            sample.Id, counts,
            map is null ? null : Named(map, () => ScoreHistogram.Compute(ImageEncoding.LoadGray16(map), truth, scored)));
    }

    private static T Named<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is RhytidException or ArgumentException)
        {
            throw new ImageException($"{path}: {error.Message}", error);
        }
        catch (FileNotFoundException error)
        {
            throw new ImageException(error.Message, error);
        }
    }

    private static string? FileOf(string folder, string id, string kind) =>
        new[] { $"{id}.{kind}.png", $"{id}.png" }.Select(name => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}

/// <summary>What is scored and how.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Distances in pixels at which a pixel still counts as found.</summary>
    public IReadOnlyList<int> Tolerances { get; init; } = [1, 2, 3];

    /// <summary>
    /// Whether centre lines are compared too (clDice); it costs more time than all other scores of masks.
    /// </summary>
    public bool CenterLine { get; init; }

    /// <summary>
    /// A folder of wrinkle probabilities, <c>{id}.map.png</c> or <c>{id}.png</c> of 8 or 16 bits; without it there is
    /// no AUC.
    /// </summary>
    public string? Maps { get; init; }

    /// <summary>
    /// Where <c>{id}.overlay.jpg</c> is written, showing what is right, false and missed (<see cref="ErrorOverlay"/>);
    /// nowhere without it.
    /// </summary>
    public string? Overlays { get; init; }

    /// <summary>What becomes of photos without a wrinkle.</summary>
    public EmptyCase Empty { get; init; }

    /// <summary>How many photos at a time; the result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
