using System.Text.Json;
using Rhytid.Cli.Tests.Commands.Data;
using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests.Commands.Training;

public sealed class FoldsRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FoldsRunTests() => DataTestSet.Write(_folder["set"], 9, side: 32);

    public void Dispose() => _folder.Dispose();

    // Trained one by one, stopped between, and together: the same folds, the same networks, one table.
    [Fact]
    public void Every_fold_is_trained_and_scored_once()
    {
        var first = RhytidProcess.Run(Folds("cv", "--fold", "2"));
        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Contains("1 of 3 folds", first.Output, StringComparison.Ordinal);
        var second = File.ReadAllBytes(_folder["cv/fold-2/last.safetensors"]);

        var all = RhytidProcess.Run(Folds("cv", "--resume"));

        Assert.True(all.ExitCode == 0, all.Error);
        Assert.DoesNotContain("fold 2 of 3", all.Error, StringComparison.Ordinal);
        Assert.Equal(second, File.ReadAllBytes(_folder["cv/fold-2/last.safetensors"]));
        using var json = JsonDocument.Parse(File.ReadAllText(_folder["cv/folds.json"]));
        Assert.Equal([1, 2, 3], json.RootElement.GetProperty("done").EnumerateArray().Select(fold => fold.GetInt32()));
        var scores = json.RootElement.GetProperty("scores").GetProperty("jsi").GetProperty("imageMean");
        Assert.Equal(3, scores.GetProperty("folds").GetArrayLength());
        Assert.Equal(2, scores.GetProperty("interval").GetArrayLength());
        Assert.StartsWith(
            "score,average,fold_1,fold_2,fold_3,mean,low,high\njsi,image,", File.ReadAllText(_folder["cv/folds.csv"]),
            StringComparison.Ordinal);
        var validated = Enumerable.Range(1, 3)
            .SelectMany(fold => File.ReadAllLines(_folder[$"cv/split/fold-{fold}/val.txt"]));
        Assert.Equal(Enumerable.Range(0, 9).Select(i => $"{i:D5}"), validated.Order(StringComparer.Ordinal));
        Assert.Equal(
            File.ReadAllLines(_folder["cv/split/fold-1/val.txt"]), File.ReadAllLines(_folder["cv/fold-1/val.txt"]));
        // What evaluate says of the same network and photos.
        var evaluated = RhytidProcess.Run(
            "evaluate", "--model", _folder["cv/fold-1/best.safetensors"], "--data", _folder["set"], "--ids",
            _folder["cv/fold-1/val.txt"], "--json");
        Assert.Equal(Jsi(evaluated.Output), Jsi(File.ReadAllText(_folder["cv/fold-1/scores.json"])));

        Assert.Contains(
            "was finished with another recipe",
            Assert.Single(RhytidProcess.Run(Folds("cv", "--resume", "--set", "epochs=2")).ErrorLines),
            StringComparison.Ordinal);
        Assert.Contains(
            "holds a run already", Assert.Single(RhytidProcess.Run(Folds("cv")).ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Folds_may_be_given()
    {
        Assert.Equal(
            0,
            RhytidProcess.Run(
                "data", "split", _folder["set"], "-o", _folder["split"], "--folds", "2", "--stratify", "--parts",
                "1/0/0", "--no-duplicates").ExitCode);

        var run =
            RhytidProcess.Run(
                ["train", "moon-unet-rgb", "--folds", "2", "--fold", "1", "--splits", _folder["split"], .. Common(
                    "given")]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(Ids("split/fold-1-val.txt"), Ids("given/fold-1/val.txt"));
        var other =
            RhytidProcess.Run(
                ["train", "moon-unet-rgb", "--folds", "3", "--fold", "3", "--splits", _folder["split"], .. Common(
                    "given")]);
        Assert.Contains(
            "fold-3-train.txt: there is no such file", Assert.Single(other.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "--folds must be 2 to 100", "moon-unet-rgb", "--folds", "1")]
    [InlineData(2, "--fold is one of several", "moon-unet-rgb", "--fold", "1")]
    [InlineData(2, "--fold 4 is none of 3 folds", "moon-unet-rgb", "--folds", "3", "--fold", "4")]
    [InlineData(2, "--folds and --seeds exclude each other", "moon-unet-rgb", "--folds", "3", "--seeds", "1,2")]
    [InlineData(2, "--folds scores networks that find wrinkles", "moon-unet-stage1-denoise", "--folds", "3")]
    public void Wrong_use_is_one_line(int exitCode, string message, params string[] arguments)
    {
        var run = RhytidProcess.Run(["train", .. arguments, "--data", _folder["set"], "-o", _folder["run"]]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(message, run.ErrorLines[0], StringComparison.Ordinal);
    }

    private string[] Folds(string folder, params string[] more) =>
        ["train", "moon-unet-rgb", "--folds", "3", .. Common(folder), .. more];

    private string[] Common(string folder) =>
        [
            "--data", _folder["set"], "-o", _folder[folder], "--set", "input.size=32", "--set", "width=4", "--set",
            "epochs=1", "--set", "batch=4"
        ];

    private string[] Ids(string list) => [.. File.ReadAllLines(_folder[list]).Where(line => !line.StartsWith('#'))];

    private static double Jsi(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("scores").GetProperty("jsi").GetProperty("imageMean").GetDouble();
    }
}
