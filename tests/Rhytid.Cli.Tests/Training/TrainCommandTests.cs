using Rhytid.Cli.Tests.Data;
using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests.Training;

public sealed class TrainCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TrainCommandTests()
    {
        var set = DataTestSet.Write(_folder["set"], 10, side: 32);
        Assert.Equal(0, RhytidProcess.Run("data", "pack", set, "-o", _folder["pack"], "--size", "32").ExitCode);
        Assert.Equal(0, RhytidProcess.Run("data", "split", set, "-o", _folder["split"], "--no-duplicates").ExitCode);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TrainsAndTheNetworkFindsWrinkles()
    {
        var run = RhytidProcess.Run(Small("run"));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("epoch 2/2: validation JSI", run.Error, StringComparison.Ordinal);
        Assert.Contains("best: epoch", run.Output, StringComparison.Ordinal);
        Assert.Equal(4, File.ReadLines(_folder["run/metrics.jsonl"]).Count(line => line.Contains("train/loss", StringComparison.Ordinal)));
        Assert.Equal(0, RhytidProcess.Run("segment", _folder["set/images/00001.png"], "--whole", "--model", _folder["run/best.safetensors"], "-o", _folder["found"]).ExitCode);

        Assert.Contains("holds a run already", Assert.Single(RhytidProcess.Run(Small("run")).ErrorLines), StringComparison.Ordinal);
        Assert.Equal(0, RhytidProcess.Run([.. Small("run"), "--resume", "--set", "epochs=3"]).ExitCode);
        Assert.Equal(6, File.ReadLines(_folder["run/metrics.jsonl"]).Count(line => line.Contains("train/loss", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(1, "there is no recipe 'moon'", "moon")]
    [InlineData(1, "has no key 'epoch'", "moon-unet-rgb", "--set", "epoch=1")]
    [InlineData(2, "--set 'epochs' is no change", "moon-unet-rgb", "--set", "epochs")]
    [InlineData(1, "the pack's pictures have 32 pixels, the recipe wants 1024", "moon-unet-rgb")]
    [InlineData(1, "holds no checkpoint", "moon-unet-rgb", "--resume")]
    public void WrongUseIsOneLine(int exitCode, string message, params string[] arguments)
    {
        var run = RhytidProcess.Run(["train", .. arguments, "--data", _folder["pack"], "--splits", _folder["split"], "-o", _folder["run"]]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(message, run.ErrorLines[0], StringComparison.Ordinal);
        Assert.InRange(run.ErrorLines.Count, 1, 2);
    }

    private string[] Small(string folder) =>
        ["train", "moon-unet-rgb", "--data", _folder["pack"], "--splits", _folder["split"], "-o", _folder[folder], "--set", "input.size=32", "--set", "width=4", "--set", "epochs=2", "--set", "batch=4"];
}
