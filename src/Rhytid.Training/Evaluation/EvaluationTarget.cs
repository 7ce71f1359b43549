using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Evaluation;

/// <summary>Something whose masks are scored on some photos.</summary>
public abstract class EvaluationTarget
{
    /// <summary>What tables call it: a name, not a path, since results are passed on.</summary>
    public required string Name { get; init; }

    /// <summary>Whether only pixels inside scored regions count.</summary>
    public abstract bool HasScoredRegions { get; }

    /// <summary>The mask value that means wrinkle, or null.</summary>
    public abstract int? WrinkleValue { get; }

    /// <summary>How many photos have a manual mask.</summary>
    public abstract int Count { get; }

    /// <summary>Ids that were asked for and have no manual mask.</summary>
    public IReadOnlyList<string> Unlabelled { get; init; } = [];

    /// <summary>Scores it.</summary>
    /// <param name="progress">Told each id when it is done, from any thread.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public abstract MaskEvaluation Run(Action<string>? progress, CancellationToken cancellationToken);

    /// <summary>The last part of a path.</summary>
    public static string NameOf(string path) =>
        Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
}

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
