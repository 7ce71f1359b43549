using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests.Commands.Data;

public sealed class DataWeakLabelsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Killed with SIGKILL in the middle: whole files only; the next run makes the others and none twice.
    [Fact]
    public void Killed_and_started_again()
    {
        const int Count = 80;
        var set = DataTestSet.Write(_folder["set"], Count, side: 512);
        using (var process = RhytidProcess.Start("data", "weak-labels", set, "-o", _folder["out"], "--threads", "2"))
        {
            WaitFor(() => Files("out").Count >= 5);
            process.Kill();
            process.WaitForExit();
        }
        var before = Files("out").ToDictionary(path => path, File.GetLastWriteTimeUtc);
        Assert.InRange(before.Count, 5, Count - 1);
        // What was being written at that moment, wherever the kill hit.
        File.WriteAllText(_folder["out/weak_wrinkle_masks/00000/00079.png.0123.tmp"], "half a file");

        var second = RhytidProcess.Run("data", "weak-labels", set, "-o", _folder["out"]);

        Assert.Equal(0, second.ExitCode);
        Assert.Contains($"{Count - before.Count} made", second.Error, StringComparison.Ordinal);
        Assert.Contains($"{before.Count} were there", second.Error, StringComparison.Ordinal);
        Assert.All(before, file => Assert.Equal(file.Value, File.GetLastWriteTimeUtc(file.Key)));
        Assert.Empty(Directory.EnumerateFiles(_folder["out"], "*.tmp", SearchOption.AllDirectories));

        Assert.Equal(
            0, RhytidProcess.Run("data", "weak-labels", set, "-o", _folder["again"], "--shard", "0/2").ExitCode);
        Assert.Equal(
            0,
            RhytidProcess.Run(
                "data", "weak-labels", set, "-o", _folder["again"], "--shard", "1/2", "--threads", "1").ExitCode);
        Assert.Equal(Count, Files("again").Count);
        foreach (var path in Files("again"))
            Assert.Equal(
                File.ReadAllBytes(path),
                File.ReadAllBytes(path.Replace(_folder["again"], _folder["out"], StringComparison.Ordinal)));
    }

    [Fact]
    public void Other_settings_in_the_same_folder_are_refused()
    {
        var set = DataTestSet.Write(_folder["set"], 2, side: 64);
        Assert.Equal(0, RhytidProcess.Run("data", "weak-labels", set).ExitCode);

        var again = RhytidProcess.Run("data", "weak-labels", set, "--round", "nearest");

        Assert.Equal(1, again.ExitCode);
        Assert.Contains("round Truncate, not Nearest", Assert.Single(again.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_photo_without_skin_mask_fails_by_name_and_the_others_are_made()
    {
        var set = DataTestSet.Write(_folder["set"], 3, side: 64);
        File.Delete(Path.Combine(set, "skin_masks", "00001.png"));

        var run = RhytidProcess.Run("data", "weak-labels", set);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error: 00001: there is no skin mask for this photo", run.ErrorLines);
        Assert.Contains("2 made", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "--shard '4/4' is no part", "--shard", "4/4")]
    [InlineData(2, "--skin 'face' is unknown", "--skin", "face")]
    [InlineData(2, "--png-level must be 0 to 9", "--png-level", "10")]
    [InlineData(1, "/absent: there is no such folder", "--photos", "/absent")]
    [InlineData(2, "--labels and --skin-masks exclude each other", "--labels", ".", "--skin-masks", ".")]
    public void Wrong_use_is_one_line(int exitCode, string message, params string[] options)
    {
        var set = DataTestSet.Write(_folder["set"], 1, side: 64);

        var run = RhytidProcess.Run(["data", "weak-labels", set, .. options]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(message, run.ErrorLines[0], StringComparison.Ordinal);
        Assert.InRange(run.ErrorLines.Count, 1, 2);
    }

    private List<string> Files(string folder) => Directory.Exists(_folder[folder])
        ? [.. Directory.EnumerateFiles(_folder[folder], "*.png", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)]
        : [];

    private static void WaitFor(Func<bool> happened)
    {
        for (var i = 0; i < 6000 && !happened(); i++)
            Thread.Sleep(5);
    }
}
