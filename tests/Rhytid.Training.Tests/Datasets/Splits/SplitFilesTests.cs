using System.Globalization;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Training.Tests.Datasets.Splits;

public sealed class SplitFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_list_is_a_file_with_its_count_on_top()
    {
        SplitFiles.Write(_folder["split"], Of(seed: 1, folds: 2), ["seed: 1"]);

        Assert.Equal(
            [
                "fold-1-train.txt", "fold-1-val.txt", "fold-2-train.txt", "fold-2-val.txt", "test.txt", "train-005.txt",
                "train-050.txt", "train.txt", "val.txt"
            ],
            Directory.GetFiles(_folder["split"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(["# train-050: 20 ids", "# seed: 1"], File.ReadLines(_folder["split/train-050.txt"]).Take(2));
        Assert.Equal(20, IdList.Load(_folder["split/train-050.txt"]).Count);
    }

    [Fact]
    public void A_part_of_no_share_has_no_file()
    {
        SplitFiles.Write(
            _folder.Path, Splitter.Split(["a", "b"], new SplitOptions { Shares = new SplitShares(1, 0, 0) }), []);

        Assert.Equal(["train.txt"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Another_split_is_not_replaced_unless_forced_and_then_leaves_nothing_behind()
    {
        SplitFiles.Write(_folder.Path, Of(seed: 1, folds: 3), []);
        File.WriteAllText(_folder["train-notes.txt"], "mine");
        var before = File.ReadAllText(_folder["val.txt"]);

        SplitFiles.Write(_folder.Path, Of(seed: 1, folds: 3), []);
        var error = Assert.Throws<DatasetException>(() => SplitFiles.Write(_folder.Path, Of(seed: 2, folds: 2), []));
        Assert.Contains("another split is there", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(_folder["val.txt"]));

        SplitFiles.Write(_folder.Path, Of(seed: 2, folds: 2), [], overwrite: true);
        Assert.NotEqual(before, File.ReadAllText(_folder["val.txt"]));
        Assert.False(File.Exists(_folder["fold-3-val.txt"]));
        Assert.True(File.Exists(_folder["train-notes.txt"]));
    }

    [Fact]
    public void A_file_in_the_way_is_told_in_a_line()
    {
        File.WriteAllText(_folder["file"], "");

        Assert.Contains(
            "file", Assert.Throws<OutputException>(() => SplitFiles.Write(_folder["file"], Of(1, 2), [])).Message,
            StringComparison.Ordinal);
    }

    private static Split Of(int seed, int folds) => Splitter.Split(
        Enumerable.Range(1, 50).Select(i => i.ToString("00000", CultureInfo.InvariantCulture)),
            new SplitOptions { Seed = seed, Folds = folds, Fractions = [50, 5] });
}
