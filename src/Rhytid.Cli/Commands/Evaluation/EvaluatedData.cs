using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Evaluation.Networks;

namespace Rhytid.Cli.Commands.Evaluation;

/// <summary>The photos that networks are scored on: a data set's folder or a pack.</summary>
internal sealed class EvaluatedData : IDisposable
{
    private readonly PackedDataset? _pack;

    private EvaluatedData(EvaluationSet set, IReadOnlyList<string> unlabelled, PackedDataset? pack) =>
        (Set, Unlabelled, _pack) = (set, unlabelled, pack);

    public EvaluationSet Set { get; }

    /// <summary>Ids that were asked for and have no manual mask.</summary>
    public IReadOnlyList<string> Unlabelled { get; }

    /// <summary>Opens a folder or a pack.</summary>
    public static EvaluatedData Open(string path, IReadOnlyList<string>? ids, DatasetOptions options)
    {
        if (Directory.Exists(path))
        {
            var (dataset, unlabelled) = PartOf(WrinkleDataset.Open(path, options), ids);
            return new EvaluatedData(EvaluationSet.Of(dataset), unlabelled, pack: null);
        }
        if (options != new DatasetOptions())
            throw new CommandException(
                $"--layout, --wrinkle-value and --photos say how a folder is read; {path} is none");
        var pack = PackedDataset.Open(path);
        var set = EvaluationSet.Of(pack, ids);
        return new EvaluatedData(set, [.. (ids ?? []).Except(set.Ids).Order(StringComparer.Ordinal)], pack);
    }

    /// <summary>The chosen samples of a data set, and the chosen ids that have no manual mask.</summary>
    public static (WrinkleDataset Dataset, IReadOnlyList<string> Unlabelled) PartOf(
        WrinkleDataset dataset, IReadOnlyList<string>? ids)
    {
        if (ids is null)
            return (dataset, []);
        var wanted = ids.Select(dataset.Layout.Normalize).ToHashSet(StringComparer.Ordinal);
        var part = dataset.Where(sample => wanted.Contains(sample.Id));
        return (part, [.. wanted.Except(part.Labelled.Select(sample => sample.Id)).Order(StringComparer.Ordinal)]);
    }

    public void Dispose() => _pack?.Dispose();
}
