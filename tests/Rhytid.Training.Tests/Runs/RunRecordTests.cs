using System.Text.Json;
using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Tests.Shared;
using Rhytid.Torch.Serialization;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;
using Rhytid.Training.Runs;
using Rhytid.Training.Runs.Reporting;
using static Rhytid.Training.Tests.Runs.TrainingRunCases;

namespace Rhytid.Training.Tests.Runs;

[Collection(Alone.Name)]
public sealed class RunRecordTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RunRecordTests()
    {
        LineSet.Pack(_folder.Path, Samples).Dispose();
        LineSet.Split(_folder["split"], Samples, Learned);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_folder_tells_what_the_run_was_made_with()
    {
        var recipe = Small("moon-unet-rgb", ("seed", "3"), ("epochs", "2"));

        var result = new TrainingRun(recipe, Options("run")).Run();

        Assert.Equal((2, 6), (result.Epochs, (int)result.Steps));
        Assert.Equal(recipe.ToYaml(), File.ReadAllText(_folder["run/recipe.yaml"]));
        Assert.Equal(File.ReadAllText(_folder["split/train.txt"]), File.ReadAllText(_folder["run/train.txt"]));
        Assert.Equal(File.ReadAllText(_folder["split/val.txt"]), File.ReadAllText(_folder["run/val.txt"]));
        using var record = JsonDocument.Parse(File.ReadAllBytes(_folder["run/run.json"]));
        var root = record.RootElement;
        Assert.Equal(
            ("rhytid.run/1", "moon-unet-rgb", 3),
            (root.GetProperty("format").GetString(), root.GetProperty("recipe").GetString(),
                root.GetProperty("seed").GetInt32()));
        Assert.Equal(JsonValueKind.Null, root.GetProperty("initial").ValueKind);
        Assert.All(
            ["rhytid", "libtorch", ".net", "system", "threads"],
            name => Assert.NotEmpty(root.GetProperty("versions").GetProperty(name).GetString()!));
        var data = root.GetProperty("data");
        Assert.Equal(
            ("pack", LineSet.Side, Samples, Learned, Samples - Learned),
            (data.GetProperty("pack").GetString(), data.GetProperty("size").GetInt32(),
                data.GetProperty("samples").GetInt32(), data.GetProperty("train").GetInt32(),
                data.GetProperty("validation").GetInt32()));
        Assert.Equal(Path.Combine("..", "pack"), data.GetProperty("path").GetString());
        Assert.DoesNotContain(_folder.Path, root.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            Directory.GetFiles(_folder["run"]), path => path.EndsWith(".tmp", StringComparison.Ordinal));
    }

    // Without recipe, data and split: the same tensors as a run that never stopped.
    [Fact]
    public void A_folder_is_enough_to_resume()
    {
        var recipe = Small("moon-unet-rgb", ("epochs", "3"));
        new TrainingRun(recipe, Options("whole")).Run();
        new TrainingRun(recipe, Options("parts") with { Budget = TimeSpan.FromTicks(1) }).Run();

        var result = TrainingRun.Resume(_folder["parts"]).Run();

        Assert.Equal((3, FitEnd.LastEpoch), (result.Epochs, result.End));
        using var whole = SafetensorsFile.Open(_folder["whole/last.safetensors"]);
        using var parts = SafetensorsFile.Open(_folder["parts/last.safetensors"]);
        Assert.All(
            whole.Tensors,
            tensor => Assert.True(tensor.Bytes.Span.SequenceEqual(parts[tensor.Name].Bytes.Span), tensor.Name));
        using var model = ModelFile.Load(_folder["parts/best.safetensors"]);
        Assert.Equal("trained by recipe moon-unet-rgb", model.Metadata[NetworkHeader.SourceKey]);
    }

    [Fact]
    public void A_pack_is_found_from_the_run_or_named()
    {
        new TrainingRun(Small("moon-unet-rgb"), Options("old/run") with { Pack = Moved("pack", "old/pack") }).Run();

        Directory.Move(_folder["old"], _folder["new"]);
        Assert.Equal(_folder["new/pack"], Path.GetFullPath(RunRecord.FindPack(_folder["new/run"])));
        Moved("new/pack", "elsewhere");
        Assert.Equal(
            $"{_folder["new/run"]}: its pack is no longer at {Path.Combine("..", "pack")}; give its new place with --data",
            Assert.Throws<TrainingException>(() => TrainingRun.Resume(_folder["new/run"])).Message);
        Assert.Equal(1, TrainingRun.Resume(_folder["new/run"], _folder["elsewhere"]).Run().Epochs);
        Assert.Contains(
            "there is no run to go on with",
            Assert.Throws<TrainingException>(() => TrainingRun.Resume(_folder["split"])).Message,
            StringComparison.Ordinal);
    }

    // A pack is the files of a name.
    private string Moved(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[to])!);
        File.Move(_folder[from] + ".safetensors", _folder[to] + ".safetensors");
        return _folder[to];
    }

    private TrainingRunOptions Options(string folder) =>
        new() { Pack = _folder["pack"], Splits = _folder["split"], Folder = _folder[folder] };
}
