using Rhytid.Cli.Terminal;
using Rhytid.Imaging;
using Rhytid.Segmentation.Networks;
using Rhytid.Training.Evaluation;
using Rhytid.Training.Evaluation.Networks;
using Rhytid.Training.Runs;

namespace Rhytid.Cli.Commands.Evaluation;

/// <summary>A trained network; it is in memory only while it is scored.</summary>
internal sealed class EvaluatedNetwork(
    EvaluationSet set, string path, Func<string, NetworkSegmenter> load, NetworkEvaluationOptions options) : IEvaluated
{
    public string Name { get; init; } = NameOf(path);

    public bool HasScoredRegions => set.HasScoredRegions;

    public int? WrinkleValue => set.WrinkleValue;

    public int Count => set.Ids.Count;

    public required IReadOnlyList<string> Unlabelled { get; init; }

    public MaskEvaluation Run(Action<string> progress, CancellationToken token)
    {
        // A pack is scored on machines without OpenCV too.
        if (VisionInfo.Problem() is null)
            VisionInfo.SetThreads(1);
        using var network = load(path);
        if (network.Warning is { } warning)
            Messages.Warning($"{path}: {warning}");
        return NetworkEvaluator.Run(set, network, options, progress, token);
    }

    /// <summary>The names of several networks, each once: runs of one recipe call their best network alike.</summary>
    public static IReadOnlyList<string> NamesOf(IReadOnlyList<string> paths)
    {
        var names = paths.Select(NameOf).ToList();
        return [.. names.Select(
            (name, place) =>
                names.Count(other => other == name) == 1
                    ? name
                    : $"{name} {1 + names.Take(place).Count(other => other == name)}")];
    }

    // In a run's folder the folder has the name.
    private static string NameOf(string path)
    {
        var full = Path.GetFullPath(path);
        return Path.GetFileName(full) == TrainingLoop.BestFile
            ? Path.GetFileName(Path.GetDirectoryName(full)!)
            : Path.GetFileNameWithoutExtension(full);
    }
}
