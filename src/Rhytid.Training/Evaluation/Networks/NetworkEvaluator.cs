using Rhytid.Imaging;
using Rhytid.Networks;
using Rhytid.Scores;
using Rhytid.Segmentation.Networks;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Evaluation.Networks;

/// <summary>Runs a network over labelled photos and compares what it says with their manual masks.</summary>
public sealed class NetworkEvaluator
{
    // The network works for one photo at a time; the others are read and scored meanwhile. More would only hold memory.
    private const int MostAtATime = 4;

    private readonly EvaluationSet _set;
    private readonly NetworkSegmenter _network;
    private readonly NetworkEvaluationOptions _options;
    private readonly ScoreCollector _collector;

    private NetworkEvaluator(EvaluationSet set, NetworkSegmenter network, NetworkEvaluationOptions options) =>
        (_set, _network, _options, _collector) = (set, network, options, new ScoreCollector(options.Scores));

    /// <summary>Scores a network.</summary>
    /// <param name="set">The photos.</param>
    /// <param name="network">The network; not disposed.</param>
    /// <param name="options">What to score; its folder of maps is not looked at, since the network makes them.</param>
    /// <param name="progress">Told each id when it is done, from any thread.</param>
    /// <param name="cancellationToken">Ends the run between two layers of the network.</param>
    /// <exception cref="DatasetException">The set lacks what the network needs: its size, skin masks, texture
    /// maps.</exception>
    /// <exception cref="OutputException">The folder of overlays cannot be made.</exception>
    public static MaskEvaluation Run(
        EvaluationSet set, NetworkSegmenter network, NetworkEvaluationOptions? options = null,
        Action<string>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(network);
        options ??= new NetworkEvaluationOptions();
        set.Require(network);
        if (options.Scores.Overlays is { } overlays)
            AtomicFile.MakeFolder(overlays);
        var evaluator = new NetworkEvaluator(set, network, options);
        return evaluator._collector.Run(
            set.Ids, Math.Min(options.Scores.Threads, MostAtATime), id => evaluator.Score(id, cancellationToken),
            progress, cancellationToken);
    }

    private void Score(string id, CancellationToken cancellationToken)
    {
        var truth = _set.Truth(id);
        if (_collector.LeavesOut(id, truth))
            return;
        var scored = _set.Scored(id);
        var map = _set.Probabilities(id, _network, _options.SkinOnly, cancellationToken);
        var threshold = (float)(_options.Threshold ?? _network.Preprocessing.Threshold);
        var predicted = Mask.Where(map, probability => probability >= threshold && probability > 0);
        try
        {
            var counts = MaskCounts.Count(predicted, truth, scored, _options.Scores);
            if (_options.Scores.Overlays is { } overlays)
                ErrorOverlay.Draw(_set.Photo(id), predicted, truth, scored)
                    .Save(Path.Combine(overlays, $"{id}.overlay.jpg"));
            _collector.Add(id, counts, ScoreHistogram.Compute(map, truth, scored));
        }
        catch (ArgumentException error)
        {
            throw new DatasetException($"{id}: photo and masks do not fit together: {error.Message}", error);
        }
    }
}

/// <summary>How a network is scored.</summary>
public sealed record NetworkEvaluationOptions
{
    /// <summary>What is scored.</summary>
    public EvaluationOptions Scores { get; init; } = new();

    /// <summary>The probability from which on a pixel is wrinkle; the network's own unless given.</summary>
    public double? Threshold { get; init; }

    /// <summary>
    /// Whether nothing is wrinkle outside the skin, as <c>segment</c> has it; else the network's output counts as it
    /// is, as papers do.
    /// </summary>
    public bool SkinOnly { get; init; }
}
