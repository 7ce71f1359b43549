using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Evaluation;

/// <summary>A folder of masks that something made.</summary>
/// <param name="dataset">The manual masks.</param>
/// <param name="masks">The folder, as <see cref="MaskEvaluator"/> reads it.</param>
/// <param name="options">What is scored.</param>
public sealed class EvaluatedFolder(WrinkleDataset dataset, string masks, EvaluationOptions options) : EvaluationTarget
{
    /// <inheritdoc/>
    public override bool HasScoredRegions => dataset.HasScoredRegions;

    /// <inheritdoc/>
    public override int? WrinkleValue => dataset.WrinkleValue;

    /// <inheritdoc/>
    public override int Count => dataset.Labelled.Count();

    /// <inheritdoc/>
    public override MaskEvaluation Run(Action<string>? progress, CancellationToken cancellationToken) =>
        MaskEvaluator.Run(dataset, masks, options, progress, cancellationToken);
}
