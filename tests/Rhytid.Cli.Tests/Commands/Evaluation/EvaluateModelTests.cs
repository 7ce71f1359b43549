using System.Text.Json;
using Rhytid.Cli.Tests.Commands.Data;
using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Cli.Tests.Commands.Evaluation;

public sealed class EvaluateModelTests : IDisposable
{
    private const int Side = 32;

    private readonly TemporaryFolder _folder = new();

    public EvaluateModelTests()
    {
        DataTestSet.Write(_folder["set"], 6, Side);
        Directory.CreateDirectory(_folder["set/splits"]);
        File.WriteAllText(_folder["set/splits/test.txt"], "00001\n00003\n00004\n");
        Save("a.safetensors", seed: 1);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_network_scores_as_the_masks_that_segment_writes_do()
    {
        // Untrained probabilities lie close together: the best threshold is one that parts them.
        using var first = JsonDocument.Parse(Evaluate("--split", "test", "--json", "--precision", "f32").Output);
        var threshold =
            first.RootElement.GetProperty("thresholds").GetProperty("bestF1").GetProperty("threshold").GetRawText();
        Assert.Equal(
            0,
            RhytidProcess.Run(
                "segment", _folder["set/images"], "--whole", "--skin-mask", _folder["set/skin_masks"], "--model",
                _folder["a.safetensors"], "--precision", "f32", "-t", threshold, "-o", _folder["found"]).ExitCode);

        var masks = RhytidProcess.Run(
            "evaluate", "--masks", _folder["found"], "--data", _folder["set"], "--split", "test", "--json", "--name",
            "x");
        var model = Evaluate(
            "--split", "test", "--json", "--name", "x", "--precision", "f32", "--threshold", threshold, "--cldice",
            "--overlays", _folder["overlays"], "--csv", _folder["scores.csv"], "--curve", _folder["curve.csv"]);

        Assert.Equal((0, 0), (masks.ExitCode, model.ExitCode));
        using var byMasks = JsonDocument.Parse(masks.Output);
        using var byModel = JsonDocument.Parse(model.Output);
        Assert.Equal(3, byModel.RootElement.GetProperty("photos").GetInt32());
        foreach (var key in new[] { "jsi", "f1", "precision", "recall", "specificity", "accuracy", "f1_2px" })
            Assert.Equal(
                byMasks.RootElement.GetProperty("scores").GetProperty(key).GetRawText(),
                byModel.RootElement.GetProperty("scores").GetProperty(key).GetRawText());
        Assert.True(byModel.RootElement.GetProperty("scores").GetProperty("jsi").GetProperty("pooled").GetDouble() > 0);
        Assert.True(byModel.RootElement.GetProperty("scores").TryGetProperty("auc", out _));
        Assert.Equal(3, Directory.GetFiles(_folder["overlays"], "*.overlay.jpg").Length);
        Assert.Equal(4, File.ReadAllLines(_folder["scores.csv"]).Length);
        Assert.StartsWith(
            "threshold,precision,recall,f1", File.ReadAllText(_folder["curve.csv"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pack_is_scored_like_its_folder()
    {
        Assert.Equal(
            0, RhytidProcess.Run("data", "pack", _folder["set"], "-o", _folder["pack"], "--size", $"{Side}").ExitCode);

        var ofFolder = Evaluate("--split", "test");
        var ofPack = RhytidProcess.Run(
            "evaluate", "--model", _folder["a.safetensors"], "--data", _folder["pack.safetensors"], "--split", "test",
            "--splits", _folder["set/splits"]);

        Assert.Equal((0, 0), (ofFolder.ExitCode, ofPack.ExitCode));
        Assert.Contains("AUC (ROC)", ofFolder.Output, StringComparison.Ordinal);
        Assert.Contains("best F1: threshold", ofFolder.Output, StringComparison.Ordinal);
        Assert.Equal(Last(ofFolder), Last(ofPack));
    }

    [Fact]
    public void Several_networks_give_mean_and_deviation()
    {
        Save("seed-2/best.safetensors", seed: 2);
        Save("seed-3/best.safetensors", seed: 3);

        var table = Evaluate(
            _folder["seed-2/best.safetensors"], _folder["seed-3/best.safetensors"], "--csv", _folder["scores.csv"]);
        var json = Evaluate(
            _folder["seed-2/best.safetensors"], _folder["seed-3/best.safetensors"], "--json", "--name", "three seeds");

        Assert.Equal((0, 0), (table.ExitCode, json.ExitCode));
        foreach (var text in new[] { "│ a ", "│ seed-2 ", "│ seed-3 ", "deviation", "3 networks", " ± " })
            Assert.Contains(text, table.Output, StringComparison.Ordinal);
        Assert.StartsWith("run,id,tp,", File.ReadAllText(_folder["scores.csv"]), StringComparison.Ordinal);
        Assert.Equal(1 + (3 * 6), File.ReadAllLines(_folder["scores.csv"]).Length);

        using var document = JsonDocument.Parse(json.Output);
        var root = document.RootElement;
        Assert.Equal("three seeds", root.GetProperty("name").GetString());
        var values =
            root.GetProperty("runs").EnumerateArray().Select(
                run => run.GetProperty("scores").GetProperty("jsi").GetProperty("imageMean").GetDouble()).ToList();
        var jsi = root.GetProperty("scores").GetProperty("jsi");
        Assert.Equal(values.Average(), jsi.GetProperty("imageMean").GetDouble(), 12);
        Assert.Equal(
            Math.Sqrt(values.Sum(value => Math.Pow(value - values.Average(), 2)) / 2),
            jsi.GetProperty("imageDeviation").GetDouble(), 12);

        File.WriteAllText(_folder["run.json"], json.Output);
        Assert.Contains(
            "| three seeds | set (*) |", RhytidProcess.Run("compare", "moon", _folder["run.json"], "--markdown").Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "--masks and --model exclude each other", "--masks", "set")]
    [InlineData(2, "--maps belongs to --masks", "--maps", "set")]
    [InlineData(2, "--threshold must be 0 to 1", "--threshold", "2")]
    [InlineData(2, "--curve is of one network; give one --model", "--model", "other.safetensors", "--curve", "x")]
    [InlineData(2, "a.safetensors was given twice", "--model", "a.safetensors")]
    [InlineData(2, "nothing.safetensors: there is no such file", "--model", "nothing.safetensors")]
    [InlineData(1, "test.txt: there is no such file", "--split", "test", "--splits", "nowhere")]
    public void Wrong_use_gets_a_line(int exitCode, string line, params string[] options) =>
        Fails(exitCode, line, Evaluate(
            [.. options.Select(word => word.StartsWith('-') || word is "test" or "2" ? word : _folder[word])]));

    [Fact]
    public void Data_and_networks_that_do_not_fit_get_a_line()
    {
        DataTestSet.Write(_folder["bare"], 2, Side);
        Directory.Delete(_folder["bare/skin_masks"], recursive: true);
        Assert.Equal(
            0, RhytidProcess.Run("data", "pack", _folder["bare"], "-o", _folder["pack"], "--size", "16").ExitCode);
        Save("classes.safetensors", seed: 1, outChannels: 19);

        Fails(1, "has no skin masks; make them with: rhytid data prepare", RhytidProcess.Run(
            "evaluate", "--model", _folder["a.safetensors"], "--data", _folder["bare"]));
        Fails(
            1, "the pack's pictures have 16 pixels, the network sees 32; pack again with --size 32",
            RhytidProcess.Run("evaluate", "--model", _folder["a.safetensors"], "--data", _folder["pack.safetensors"]));
        Fails(1, "the network has 19 classes", RhytidProcess.Run(
            "evaluate", "--model", _folder["classes.safetensors"], "--data", _folder["set"]));
        Fails(2, "pack.safetensors is a pack and has no folder splits/", RhytidProcess.Run(
            "evaluate", "--model", _folder["a.safetensors"], "--data", _folder["pack.safetensors"], "--split", "test"));
        Fails(2, "--layout, --wrinkle-value and --photos say how a folder is read", RhytidProcess.Run(
            "evaluate", "--model", _folder["a.safetensors"], "--data", _folder["pack.safetensors"], "--wrinkle-value",
            "3"));
        Fails(2, "say what is scored: --masks DIR or --model FILE", RhytidProcess.Run(
            "evaluate", "--data", _folder["set"]));
        Fails(2, "belong to --model", RhytidProcess.Run(
            "evaluate", "--masks", _folder["set"], "--data", _folder["set"], "--precision", "f32"));
    }

    private static void Fails(int exitCode, string line, RhytidProcess run)
    {
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(
            line, Assert.Single(run.ErrorLines, error => error.StartsWith("error: ", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    private static string Last(RhytidProcess run) => run.Output.TrimEnd().Split('\n')[^1];

    private RhytidProcess Evaluate(params string[] options) =>
        RhytidProcess.Run(["evaluate", "--data", _folder["set"], "--model", _folder["a.safetensors"], .. options]);

    private void Save(string name, ulong seed, int outChannels = 1)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        TorchRuntime.Seed(seed);
        using var file = new ModelFile(
            "unet", ModelCatalog.Create("unet", new ModelOptions { Width = 4, OutChannels = outChannels }),
            Preprocessing.Moon(3, masked: true) with { Size = Side }, new Dictionary<string, string>());
        file.Save(_folder[name]);
    }
}
