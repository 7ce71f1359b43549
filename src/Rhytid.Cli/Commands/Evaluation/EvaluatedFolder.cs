using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Evaluation;

namespace Rhytid.Cli.Commands.Evaluation;

/// <summary>A folder of masks that something made.</summary>
internal sealed class EvaluatedFolder(WrinkleDataset dataset, string masks, EvaluationOptions options) : IEvaluated
{
    public string Name => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(masks)));

    public bool HasScoredRegions => dataset.HasScoredRegions;

    public int? WrinkleValue => dataset.WrinkleValue;

    public int Count => dataset.Labelled.Count();

    public required IReadOnlyList<string> Unlabelled { get; init; }

    public MaskEvaluation Run(Action<string> progress, CancellationToken token)
    {
        ThreadShare.Set(Count, options.Threads, usesTorch: false);
        return MaskEvaluator.Run(dataset, masks, options, progress, token);
    }
}
