using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Evaluation.Networks;

/// <summary>The photos that networks are scored on: a data set's folder or a pack.</summary>
public sealed class EvaluatedData : IDisposable
{
    private readonly PackedDataset? _pack;

    private EvaluatedData(EvaluationSet set, IReadOnlyList<string> unlabelled, PackedDataset? pack) =>
        (Set, Unlabelled, _pack) = (set, unlabelled, pack);

    /// <summary>The photos.</summary>
    public EvaluationSet Set { get; }

    /// <summary>Ids that were asked for and have no manual mask.</summary>
    public IReadOnlyList<string> Unlabelled { get; }

    /// <summary>Opens a folder or a pack.</summary>
    /// <param name="path">The folder or the pack.</param>
    /// <param name="ids">These photos only; all that have a manual mask unless given.</param>
    /// <param name="options">How a folder is read; not looked at for a pack.</param>
    /// <exception cref="DatasetException">It cannot be read.</exception>
    public static EvaluatedData Open(string path, IReadOnlyList<string>? ids, DatasetOptions options)
    {
        if (Directory.Exists(path))
        {
            var (dataset, unlabelled) = Choose(WrinkleDataset.Open(path, options), ids);
            return new EvaluatedData(EvaluationSet.From(dataset), unlabelled, pack: null);
        }
        var pack = PackedDataset.Open(path);
        var set = EvaluationSet.From(pack, ids);
        return new EvaluatedData(set, [.. (ids ?? []).Except(set.Ids).Order(StringComparer.Ordinal)], pack);
    }

    /// <summary>The chosen samples of a data set, and the chosen ids that have no manual mask.</summary>
    public static (WrinkleDataset Dataset, IReadOnlyList<string> Unlabelled) Choose(
        WrinkleDataset dataset, IReadOnlyList<string>? ids)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (ids is null)
            return (dataset, []);
        var wanted = ids.Select(dataset.Layout.Normalize).ToHashSet(StringComparer.Ordinal);
        var part = dataset.Where(sample => wanted.Contains(sample.Id));
        return (part, [.. wanted.Except(part.Labelled.Select(sample => sample.Id)).Order(StringComparer.Ordinal)]);
    }

    /// <inheritdoc/>
    public void Dispose() => _pack?.Dispose();
}
