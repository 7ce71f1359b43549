using System.Globalization;
using System.Text.RegularExpressions;
using Rhytid.Imaging;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Datasets.Splits;

/// <summary>
/// A split as plain id lists: <c>train.txt</c>, <c>val.txt</c>, <c>test.txt</c>, <c>train-050.txt</c>,
/// <c>fold-1-train.txt</c>.
/// </summary>
public static partial class SplitFiles
{
    /// <summary>The lists of a split by file name; a part that nobody wanted has none.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<string> Ids)> ListsOf(Split split)
    {
        ArgumentNullException.ThrowIfNull(split);
        IEnumerable<(string Name, IReadOnlyList<string> Ids)> lists =
        [
            ("train.txt", split.Train), ("val.txt", split.Val), ("test.txt", split.Test),
            .. split.Fractions.Select(
                fraction =>
                    (string.Create(CultureInfo.InvariantCulture, $"train-{fraction.Percent:000}.txt"), fraction.Ids)),
            .. split.Folds.SelectMany(
                (fold, i) => new[] { ($"fold-{i + 1}-train.txt", fold.Train), ($"fold-{i + 1}-val.txt", fold.Val) }),
        ];
        return [.. lists.Where(list => list.Ids.Count > 0)];
    }

    /// <summary>Writes the lists.</summary>
    /// <param name="folder">Made when missing.</param>
    /// <param name="split">What to write.</param>
    /// <param name="header">Comment lines on top of each list.</param>
    /// <param name="overwrite">Replace an earlier split, also the lists of it that this one does not have.</param>
    /// <exception cref="DatasetException">Another split is there.</exception>
    /// <exception cref="OutputException">The place cannot be written.</exception>
    public static void Write(string folder, Split split, IReadOnlyList<string> header, bool overwrite = false)
    {
        var lists = ListsOf(split);
        AtomicFile.MakeFolder(folder);
        var now = lists.ToDictionary(list => list.Name, list => list.Ids);
        var others =
            Directory
                .EnumerateFiles(folder)
                .Where(path => ListName().IsMatch(Path.GetFileName(path)) && !IsSame(path, now))
                .Order(StringComparer.Ordinal)
                .ToList();
        // A model trained on one split and tested on another has seen its test photos.
        if (others.Count > 0 && !overwrite)
            throw new DatasetException(
                $"{others[0]}: another split is there; write elsewhere, or replace it with --overwrite");
        foreach (var stale in others.Where(path => !now.ContainsKey(Path.GetFileName(path))))
            File.Delete(stale);
        foreach (var (name, ids) in lists)
            IdList.Save(
                Path.Combine(folder, name), ids,
                [string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Path.GetFileNameWithoutExtension(name)}: {ids.Count} ids"), .. header]);
    }

    private static bool IsSame(string path, Dictionary<string, IReadOnlyList<string>> now)
    {
        try
        {
            return now.TryGetValue(Path.GetFileName(path), out var ids)
                && IdList.Load(path).SequenceEqual(ids, StringComparer.Ordinal);
        }
        catch (DatasetException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^((train|val|test)|train-\d{3}|fold-\d+-(train|val))\.txt$")]
    private static partial Regex ListName();
}
