using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests.Commands.Data;

public sealed class DataPrepareCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Prepare_makes_a_set_that_passes_the_check()
    {
        var set = DataTestSet.Write(_folder["set"], 3, side: 64);

        var first = RhytidProcess.Run("data", "prepare", set, "-o", _folder["prepared"]);
        var second = RhytidProcess.Run("data", "prepare", set, "-o", _folder["prepared"]);

        Assert.Equal(0, first.ExitCode);
        Assert.Contains("checked: 3 labelled photos, each with all its files", first.Error, StringComparison.Ordinal);
        Assert.Equal(0, second.ExitCode);
        Assert.DoesNotContain(" 3 made", second.Error, StringComparison.Ordinal);
        Assert.Equal(0, RhytidProcess.Run("data", "check", _folder["prepared"]).ExitCode);
    }

    [Fact]
    public void Parts_of_a_preparation_add_up_to_the_whole()
    {
        var set = DataTestSet.Write(_folder["set"], 7, side: 64);
        for (var part = 0; part < 3; part++)
            Assert.Equal(
                0,
                RhytidProcess.Run("data", "prepare", set, "-o", _folder["prepared"], "--shard", $"{part}/3").ExitCode);

        Assert.Equal(7, Directory.GetFiles(_folder["prepared/masked_face_images"]).Length);
        var whole = RhytidProcess.Run("data", "prepare", set, "-o", _folder["prepared"]);
        Assert.Contains("checked: 7 labelled photos, each with all its files", whole.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("7 made", whole.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_set_or_another_way_is_refused()
    {
        var set = DataTestSet.Write(_folder["set"], 2, side: 64);
        Assert.Equal(0, RhytidProcess.Run("data", "prepare", set, "-o", _folder["prepared"]).ExitCode);
        var another = DataTestSet.Write(_folder["another"], 3, side: 64);

        var run = RhytidProcess.Run("data", "prepare", another, "-o", _folder["prepared"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "made with set set (plain), not another (plain)", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(_folder["prepared/face_images"]).Length);
    }

    [Theory]
    [InlineData("check", 1, "there is no such folder", "/absent")]
    [InlineData("check", 1, "no data set in it", "EMPTY")]
    [InlineData("check", 2, "--layout 'ffhq' is unknown", "SET", "--layout", "ffhq")]
    [InlineData("prepare", 2, "say with -o in which other folder", "SET")]
    [InlineData("prepare", 2, "say with -o in which other folder", "SET", "-o", "SET")]
    [InlineData("prepare", 1, "no manual masks", "SET/images", "-o", "OUT")]
    [InlineData("prepare", 2, "/absent", "SET", "-o", "OUT", "--parser", "/absent")]
    public void Wrong_use_is_one_line(string command, int exitCode, string message, params string[] arguments)
    {
        DataTestSet.Write(_folder["SET"], 1, side: 64);
        Directory.CreateDirectory(_folder["EMPTY"]);

        var run =
            RhytidProcess.Run(
                ["data", command, .. arguments.Select(
                    argument => argument is "SET" or "SET/images" or "EMPTY" or "OUT" ? _folder[argument] : argument)]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(message, run.ErrorLines[0], StringComparison.Ordinal);
        Assert.InRange(run.ErrorLines.Count, 1, 2);
    }
}
