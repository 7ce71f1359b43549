using Rhytid.Segmentation.Networks;

namespace Rhytid.Training.Evaluation.Networks;

/// <summary>A trained network; it is in memory only while it is scored.</summary>
/// <param name="set">The photos.</param>
/// <param name="path">The weights.</param>
/// <param name="load">Loads them.</param>
/// <param name="options">What is scored.</param>
public sealed class EvaluatedNetwork(
    EvaluationSet set, string path, Func<string, NetworkSegmenter> load, NetworkEvaluationOptions options)
    : EvaluationTarget
{
    /// <inheritdoc/>
    public override bool HasScoredRegions => set.HasScoredRegions;

    /// <inheritdoc/>
    public override int? WrinkleValue => set.WrinkleValue;

    /// <inheritdoc/>
    public override int Count => set.Ids.Count;

    /// <inheritdoc/>
    public override MaskEvaluation Run(Action<string>? progress, CancellationToken cancellationToken)
    {
        using var network = load(path);
        return NetworkEvaluator.Run(set, network, options, progress, cancellationToken);
    }
}
