using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests.Commands.Data;

public sealed class DataMergeCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Two_sets_become_one_and_double_ids_are_named()
    {
        var (first, second) =
            (DataFolders.Plain(_folder, "first", ["a", "b"]), DataFolders.Plain(_folder, "second", ["c", "b"]));

        var run = RhytidProcess.Run("data", "merge", first, second, "-o", _folder["out"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("second: layout plain, 2 labelled, 1 taken", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 dropped, ids of first: b", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["a.png", "b.png", "c.png"], Directory.GetFiles(_folder["out/masks"]).Select(Path.GetFileName).Order());
        Assert.Equal(
            "id,set,layout,photo,mask\na,first,plain,a.png,a.png\nb,first,plain,b.png,b.png\nc,second,plain,c.png,c.png\n",
            File.ReadAllText(_folder["out/provenance.csv"]));
        Assert.Equal(
            "id,set,reason,kept_from,same_photo\nb,second,double id,first,yes\n",
            File.ReadAllText(_folder["out/left-out.csv"]));
        Assert.Contains(
            "6 were there", RhytidProcess.Run("data", "merge", first, second, "-o", _folder["out"]).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_another_set_in_it_is_refused()
    {
        var (first, second) = (DataFolders.Plain(_folder, "first", ["a"]), DataFolders.Plain(_folder, "second", ["b"]));
        RhytidProcess.Run("data", "merge", first, "-o", _folder["out"]);

        var run = RhytidProcess.Run("data", "merge", second, "-o", _folder["out"], "--overwrite");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("holds 2 files of another set", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["out/masks/b.png"]));
    }

    [Theory]
    [InlineData("--output", "data", "merge", "x")]
    [InlineData("DIR", "data", "merge", "-o", "y")]
    [InlineData("--png-level must be 0 to 9", "data", "merge", "x", "-o", "y", "--png-level", "10")]
    [InlineData("the folder x is named twice", "data", "merge", "x", "./x", "-o", "y")]
    public void Wrong_usage_is_told_in_a_line_and_exits_with_2(string expected, params string[] arguments)
    {
        var run = RhytidProcess.Run(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            run.ErrorLines,
            line => line.StartsWith("error:", StringComparison.Ordinal)
                && line.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Sets_that_cannot_be_merged_are_told_before_anything_is_written()
    {
        var set = DataFolders.Plain(_folder, "set", ["a"]);

        var onto = RhytidProcess.Run("data", "merge", set, "-o", set);
        var unlabelled = RhytidProcess.Run("data", "merge", set, DataFolders.Unlabelled(_folder), "-o", _folder["out"]);

        Assert.Equal((2, 1), (onto.ExitCode, unlabelled.ExitCode));
        Assert.Contains("is a set that is read", Assert.Single(onto.ErrorLines), StringComparison.Ordinal);
        Assert.Contains("merge joins labelled sets", Assert.Single(unlabelled.ErrorLines), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]));
    }
}
