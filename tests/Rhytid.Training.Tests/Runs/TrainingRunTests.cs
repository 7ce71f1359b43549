using System.Text.Json;
using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;
using Rhytid.Training.Recipes;
using Rhytid.Training.Runs;
using Rhytid.Training.Runs.Reporting;
using static Rhytid.Training.Tests.Runs.TrainingRunCases;

namespace Rhytid.Training.Tests.Runs;

// The seed and the state of random numbers belong to the whole process.
[Collection(Alone.Name)]
public sealed class TrainingRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TrainingRunTests()
    {
        LineSet.Pack(_folder.Path, Samples).Dispose();
        LineSet.Split(_folder["split"], Samples, Learned);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_best_epochs_images_are_kept()
    {
        var result = new TrainingRun(Small("moon-unet-rgb", ("epochs", "2")), Options("run")).Run();

        var lines = File.ReadAllLines(_folder["run/images.csv"]);
        Assert.Equal("id,jsi,f1,precision,recall", lines[0]);
        var images = lines[1..].Select(line => line.Split(','))
            .ToDictionary(
                parts => parts[0], parts => double.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(["00009", "00010", "00011"], images.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(result.BestScore!.Value, images.Values.Average(), 1e-6);
        var examples = RunExamples.Load(_folder["run/examples.safetensors"]);
        Assert.Equal(result.BestEpoch, examples.Epoch);
        Assert.Equal(
            images.OrderBy(image => image.Value).Select(image => image.Value),
            examples.Examples.Select(example => Math.Round(example.Jsi, 6)));
    }

    // At a learning rate of 0 the file for use holds the weights that training began with.
    [Theory]
    [InlineData("reinitialise")]
    [InlineData("split")]
    public void The_second_stage_starts_from_the_first(string head)
    {
        new TrainingRun(Small("moon-unet-stage1-texture"), Options("first")).Run();
        var second = new TrainingRun(
            Small("moon-unet-texture-rgbt", ("optimizer.learning-rate", "0"), ("initial.head", head)),
            Options("second") with { From = _folder["first/best.safetensors"] });

        second.Run();

        using var first = ModelFile.Load(_folder["first/best.safetensors"]);
        using var found = ModelFile.Load(_folder["second/best.safetensors"]);
        var before = first.Network.Parameters.Parameters.ToDictionary(entry => entry.Name, entry => entry.Tensor);
        foreach (var entry in found.Network.Parameters.Parameters)
        {
            var (old, now) = (before[entry.Name].ToArray<float>(), entry.Tensor.ToArray<float>());
            if (entry.Name.StartsWith("outc.", StringComparison.Ordinal))
                AssertHead(old, now, isSplit: head == "split");
            else if (entry.Name == "inc.double_conv.0.weight")
                AssertMeanChannel(old, now, (int)entry.Tensor.Size(0));
            else
                Assert.Equal(old, now);
        }
        var counts = second.InitialWeights!;
        Assert.StartsWith("best.safetensors: ", counts, StringComparison.Ordinal);
        Assert.Contains(
            head == "split"
                ? "3 adapted, 0 re-initialised, 0 kept, 0 unused"
                : "1 adapted, 2 re-initialised, 0 kept, 0 unused",
            counts, StringComparison.Ordinal);
        using var record = JsonDocument.Parse(File.ReadAllBytes(_folder["second/run.json"]));
        Assert.Equal(counts, record.RootElement.GetProperty("initial").GetString());
        Assert.Equal("texture", first.Metadata[NetworkHeader.ObjectiveKey]);
        Assert.False(found.Metadata.ContainsKey(NetworkHeader.ObjectiveKey));
    }

    [Fact]
    public void A_recipe_that_starts_from_another_says_which_where_its_weights_are_missing()
    {
        var error =
            Assert.Throws<TrainingException>(
                () => new TrainingRun(Small("moon-unet-texture-rgbt"), Options("run")).Run());

        Assert.Contains(
            "train that first (rhytid train moon-unet-stage1-texture ...), then give its best.safetensors by --from",
            error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["run/run.json"]));
    }

    [Fact]
    public void A_fraction_reads_its_own_list()
    {
        IdList.Save(_folder["split/train-025.txt"], ["00004", "00007"]);

        var result = new TrainingRun(Small("moon-unet-rgb", ("fraction", "25")), Options("run")).Run();

        Assert.Equal(1, result.Steps);
        Assert.Equal(["00004", "00007"], IdList.Load(_folder["run/train.txt"]));
        Assert.Contains(
            "train-005.txt",
            Assert.Throws<DatasetException>(
                () => new TrainingRun(Small("moon-unet-rgb", ("fraction", "5")), Options("other")).Run()).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "--splits",
            Assert.Throws<DatasetException>(
                () => new TrainingRun(
                    Small("moon-unet-rgb", ("fraction", "25")), Options("other") with { Splits = null }).Run()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_split_all_samples_are_learned_from_and_none_validated()
    {
        var result = new TrainingRun(Small("moon-unet-rgb"), Options("run") with { Splits = null }).Run();

        Assert.Equal(3, result.Steps);
        Assert.Null(result.BestScore);
        Assert.Equal(Samples, IdList.Load(_folder["run/train.txt"]).Count);
        Assert.True(File.Exists(_folder["run/best.safetensors"]));
        Assert.False(File.Exists(_folder["run/val.txt"]));
    }

    // A slip in --splits would train the run on photos that it is judged by.
    [Fact]
    public void A_run_goes_on_with_its_own_samples_or_not_at_all()
    {
        new TrainingRun(Small("moon-unet-rgb"), Options("run")).Run();
        Directory.CreateDirectory(_folder["other"]);
        IdList.Save(_folder["other/train.txt"], IdList.Load(_folder["split/val.txt"]));
        IdList.Save(_folder["other/val.txt"], IdList.Load(_folder["split/train.txt"]));
        var longer = Small("moon-unet-rgb", ("epochs", "2"));

        var error =
            Assert.Throws<TrainingException>(
                () => new TrainingRun(longer, Options("run") with { Resume = true, Splits = _folder["other"] }).Run());
        Assert.Contains("was begun with other samples (train.txt:", error.Message, StringComparison.Ordinal);
        // Told no split, it knows its own.
        Assert.Equal(2, new TrainingRun(longer, Options("run") with { Resume = true, Splits = null }).Run().Epochs);
        Assert.Equal(
            IdList.Load(_folder["split/val.txt"]).Count + 1, File.ReadAllLines(_folder["run/images.csv"]).Length);
    }

    private TrainingRunOptions Options(string folder) =>
        new() { Pack = _folder["pack"], Splits = _folder["split"], Folder = _folder[folder] };

    // The fourth channel is the mean of the three.
    private static void AssertMeanChannel(float[] old, float[] now, int filters)
    {
        for (var filter = 0; filter < filters; filter++)
        {
            var three = old[(filter * 27)..((filter + 1) * 27)];
            var four = now[(filter * 36)..((filter + 1) * 36)];
            Assert.Equal(three, four[..27]);
            for (var i = 0; i < 9; i++)
                Assert.Equal((three[i] + three[i + 9] + three[i + 18]) / 3, four[27 + i], 1e-6);
        }
    }

    // One class becomes two: drawn anew, or background -w and wrinkle w.
    private static void AssertHead(float[] old, float[] now, bool isSplit)
    {
        Assert.Equal(2 * old.Length, now.Length);
        float[] split = [.. old.Select(value => -value), .. old];
        if (isSplit)
            Assert.Equal(split, now);
        else
            Assert.NotEqual(split, now);
    }
}
