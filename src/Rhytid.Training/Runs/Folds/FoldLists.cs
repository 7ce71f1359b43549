using System.Globalization;
using Rhytid.Imaging;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;
using Rhytid.Training.Evaluation;

namespace Rhytid.Training.Runs.Folds;

/// <summary>
/// The samples of each fold of a cross-validation: made from a pack, or read from the lists of a split.
/// </summary>
public static class FoldLists
{
    private const string TrainList = "train.txt";
    private const string ValidationList = "val.txt";

    /// <summary>Where a fold's lists and its run are, below a folder: <c>fold-1</c>.</summary>
    /// <param name="fold">From 1.</param>
    public static string NameOf(int fold) => string.Create(CultureInfo.InvariantCulture, $"fold-{fold}");

    /// <summary>
    /// Cuts the labelled samples of a pack into folds: the same photo on one side, every fold with its share of each
    /// set.
    /// </summary>
    /// <param name="pack">The pack.</param>
    /// <param name="folds">How many.</param>
    /// <param name="seed">The same samples and seed give the same folds on any machine.</param>
    /// <param name="looks">Whether photos that look the same under different names are found too; needs OpenCV.</param>
    /// <param name="threads">Threads that compare photos.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    /// <exception cref="DatasetException">There are too few samples.</exception>
    public static IReadOnlyList<Fold> Make(
        PackedDataset pack, int folds, int seed, bool looks, int threads, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pack);
        List<PackedSample> samples = [.. pack.Samples.Where(sample => sample[Channel.Wrinkles] is not null)];
        if (samples.Count == 0)
            throw new DatasetException("the pack holds no sample with a manual mask to train on");
        var prints = new (string Id, PhotoFingerprint Print)[looks ? samples.Count : 0];
        Parallel.For(
            0, prints.Length,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
            i => prints[i] =
                (samples[i].Id,
                    PhotoFingerprint.Compute(PlanarPixels.ToImage(samples[i].Photo.Span, pack.Size).ToGray())));
        return Splitter.Split(
            samples.Select(sample => sample.Id),
            new SplitOptions { Seed = seed, Shares = new SplitShares(1, 0, 0), Folds = folds, StratifyFolds = true },
            NearDuplicates.Find(prints, threads, cancellationToken)).Folds;
    }

    /// <summary>
    /// Reads given folds: <c>fold-1/train.txt</c> and <c>fold-1/val.txt</c>, or <c>fold-1-train.txt</c> and
    /// <c>fold-1-val.txt</c> as <c>data split</c> writes them.
    /// </summary>
    /// <param name="folder">Where the lists are.</param>
    /// <param name="folds">How many there must be.</param>
    /// <exception cref="DatasetException">A list is missing or broken, an id is on both sides of a fold, or there are
    /// more folds.</exception>
    public static IReadOnlyList<Fold> Read(string folder, int folds)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (File.Exists(PathOf(folder, folds + 1, TrainList)))
            throw new DatasetException(
                $"{folder}: there are more than {folds} folds in it; give their number to --folds");
        var read = new List<Fold>();
        for (var fold = 1; fold <= folds; fold++)
        {
            var (train, val) =
                (IdList.Load(PathOf(folder, fold, TrainList)), IdList.Load(PathOf(folder, fold, ValidationList)));
            if (train.Intersect(val, StringComparer.Ordinal).FirstOrDefault() is { } both)
                throw new DatasetException($"{folder}: {both} is in both lists of fold {fold}");
            read.Add(new Fold(train, val));
        }
        return read;
    }

    /// <summary>Writes a fold's lists into its folder, where they stay as they are.</summary>
    /// <param name="folder">The folder of all folds' lists.</param>
    /// <param name="fold">From 1.</param>
    /// <param name="ids">Its samples.</param>
    /// <returns>The fold's own folder.</returns>
    /// <exception cref="DatasetException">Other lists are there.</exception>
    /// <exception cref="OutputException">The place cannot be written.</exception>
    public static string Write(string folder, int fold, Fold ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var own = Path.Combine(folder, NameOf(fold));
        AtomicFile.MakeFolder(own);
        foreach (var (name, list) in new[] { (TrainList, ids.Train), (ValidationList, ids.Val) })
        {
            var path = Path.Combine(own, name);
            if (!File.Exists(path))
                IdList.Save(path, list);
            else if (!IdList.Load(path).ToHashSet(StringComparer.Ordinal).SetEquals(list))
                throw new DatasetException(
                    $"{path}: this cross-validation was begun with other samples; use another folder");
        }
        return own;
    }

    private static string PathOf(string folder, int fold, string name) =>
        Path.Combine(folder, NameOf(fold), name) is var nested && File.Exists(nested)
            ? nested
            : Path.Combine(folder, $"{NameOf(fold)}-{name}");
}
