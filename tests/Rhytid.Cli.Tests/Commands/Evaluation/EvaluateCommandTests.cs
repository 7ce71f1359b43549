using System.Text.Json;
using Rhytid.Cli.Tests.Commands.Data;
using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Cli.Tests.Commands.Evaluation;

public sealed class EvaluateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_of_masks_is_scored()
    {
        Directory.CreateDirectory(_folder["data/images"]);
        Directory.CreateDirectory(_folder["data/masks"]);
        Directory.CreateDirectory(_folder["predicted"]);
        // Two lines of pixels counted by hand, a photo nobody drew a wrinkle on, and one without a prediction.
        Plane<byte>.FromPixels([255, 0, 0, 0, 0, 255, 255, 0], 4, 2).Save(_folder["data/masks/a.png"]);
        Plane<byte>.FromPixels([255, 255, 0, 0, 0, 255, 0, 0], 4, 2).Save(_folder["predicted/a.mask.png"]);
        new Mask(4, 2).Save(_folder["data/masks/empty.png"]);
        Mask.Full(4, 2).Save(_folder["data/masks/other.png"]);

        var run = RhytidProcess.Run(
            "evaluate", "--masks", _folder["predicted"], "--data", _folder["data"], "--csv", _folder["scores.csv"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("other: no predicted mask", run.Error, StringComparison.Ordinal);
        Assert.Contains("0.5000", run.Output, StringComparison.Ordinal);
        Assert.Contains("0.6667", run.Output, StringComparison.Ordinal);
        Assert.Contains("no wrinkle drawn (1): empty", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            "id,tp,fp,fn,tn,jsi,f1,precision,recall,specificity,accuracy,f1_1px,precision_1px,recall_1px,f1_2px,precision_2px,recall_2px,f1_3px,precision_3px,recall_3px",
            File.ReadAllLines(_folder["scores.csv"])[0]);
        Assert.StartsWith(
            "a,2,1,1,4,0.500000,0.666667,0.666667,0.666667,0.800000,0.750000,1.000000,",
            File.ReadAllLines(_folder["scores.csv"])[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Masks_of_class_values_are_understood()
    {
        Directory.CreateDirectory(_folder["data/masks"]);
        Directory.CreateDirectory(_folder["predicted"]);
        Plane<byte>.FromPixels([2, 1, 3, 2], 2, 2).Save(_folder["data/masks/a.png"]);
        Plane<byte>.FromPixels([0, 0, 255, 0], 2, 2).Save(_folder["predicted/a.png"]);

        var run = RhytidProcess.Run("evaluate", "--masks", _folder["predicted"], "--data", _folder["data"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("mask value 3 is wrinkle", run.Output, StringComparison.Ordinal);
        Assert.Contains("1.0000", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_averages_with_intervals_and_the_wanted_headline()
    {
        Set("a", "b", "c", "d");

        var run = Evaluate("--cldice", "--average", "pooled");
        var batches = Evaluate("--average", "batch", "--batch-size", "2", "--resamples", "0", "--tolerance", "none");

        Assert.Equal(0, run.ExitCode);
        foreach (var text in new[] { "mean over photos", "95 %", "pooled", "F1, 1 px", "recall, 3 px", "clDice" })
            Assert.Contains(text, run.Output, StringComparison.Ordinal);
        Assert.StartsWith("pooled: JSI (IoU) 0.", run.Output.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        Assert.Contains(" to 0.", run.Output.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        Assert.Equal(0, batches.ExitCode);
        Assert.Contains("mean over batches of 2", batches.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(" px", batches.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(" to ", batches.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_says_what_the_table_says_and_nothing_about_this_machine()
    {
        Set("a", "b", "c");

        var run = Evaluate("--json", "--name", "my run");

        Assert.Equal(0, run.ExitCode);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal("rhytid.evaluation/1", json.RootElement.GetProperty("schema").GetString());
        Assert.Equal(
            ("my run", "data", 3),
            (json.RootElement.GetProperty("name").GetString(), json.RootElement.GetProperty("data").GetString(),
                json.RootElement.GetProperty("photos").GetInt32()));
        var jsi = json.RootElement.GetProperty("scores").GetProperty("jsi");
        Assert.Equal(0.925, jsi.GetProperty("imageMean").GetDouble(), 12);
        Assert.InRange(
            jsi.GetProperty("imageMean").GetDouble(), jsi.GetProperty("imageInterval")[0].GetDouble(),
            jsi.GetProperty("imageInterval")[1].GetDouble());
        Assert.Equal(0.925, jsi.GetProperty("pooled").GetDouble(), 12);
        Assert.Equal(JsonValueKind.Null, jsi.GetProperty("batchMean").ValueKind);
        Assert.DoesNotContain(_folder.Path, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_of_a_split_alone_is_scored()
    {
        Set("a", "b", "c");
        Directory.CreateDirectory(_folder["data/splits"]);
        File.WriteAllText(_folder["data/splits/test.txt"], "# test\nb\nc\n");
        File.WriteAllText(_folder["mine.txt"], "a\nelsewhere\n");

        var split = Evaluate("--split", "test");
        var named = Evaluate("--split", "test", "--splits", _folder["data/splits"]);
        var ids = Evaluate("--ids", _folder["mine.txt"]);

        Assert.Equal(0, split.ExitCode);
        Assert.Contains("2 photos scored", split.Output, StringComparison.Ordinal);
        Assert.Equal(split.Output, named.Output);
        Assert.Equal(1, ids.ExitCode);
        Assert.Contains("1 photos scored", ids.Output, StringComparison.Ordinal);
        Assert.Contains(
            ids.ErrorLines, line => line.StartsWith("error: elsewhere: no manual mask in ", StringComparison.Ordinal));
    }

    [Fact]
    public void Maps_give_auc_thresholds_and_a_curve()
    {
        Set("a", "b");
        foreach (var id in new[] { "a", "b" })
        {
            // Probabilities in whose middle the wrinkle lies: 0.8 on it, 0.4 beside it, 0 elsewhere.
            var map = new Plane<byte>(40, 30);
            for (var y = 8; y < 16; y++)
                map.Row(y).Fill(y is >= 10 and < 14 ? (byte)204 : (byte)102);
            Directory.CreateDirectory(_folder["maps"]);
            map.Save(_folder[$"maps/{id}.map.png"]);
        }

        var run = Evaluate("--maps", _folder["maps"], "--curve", _folder["curve.csv"], "--recall", "0.95");

        Assert.Equal(0, run.ExitCode);
        foreach (var text in new[] { "AUC (ROC)", "average precision", "calibration error" })
            Assert.Contains(text, run.Output, StringComparison.Ordinal);
        Assert.Contains(
            "best F1: threshold 0.8000 (precision 1.0000, recall 1.0000, F1 1.0000, pooled)", run.Output,
            StringComparison.Ordinal);
        Assert.Contains("recall 0.95 or more: threshold 0.8000", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            [
                "threshold,precision,recall,f1", "0.800000,1.000000,1.000000,1.000000",
                "0.400000,0.500000,1.000000,0.666667"
            ],
            File.ReadAllLines(_folder["curve.csv"])[..3]);
    }

    [Fact]
    public void Overlays_show_every_photo()
    {
        Set("a", "b");

        var run = Evaluate("--overlays", _folder["new/overlays"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            ["a.overlay.jpg", "b.overlay.jpg"],
            Directory.GetFiles(_folder["new/overlays"]).Select(Path.GetFileName).Order());
        Assert.Equal(
            (40, 30),
            (Image.Load(_folder["new/overlays/a.overlay.jpg"]).Width,
                Image.Load(_folder["new/overlays/a.overlay.jpg"]).Height));
    }

    [Fact]
    public void Groups_of_people_are_compared()
    {
        string[] ids = [.. Enumerable.Range(0, 11).Select(i => $"{i:D5}")];
        Set(ids);
        File.WriteAllLines(
            _folder["people.csv"],
            ["id,gender", .. ids.Take(10).Select((id, i) => $"{id},{(i < 5 ? "male" : "female")}")]);

        var run = Evaluate("--groups", _folder["people.csv"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("female", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            "largest gap, JSI (mean over photos, groups of 5 photos or more): 0.", run.Output,
            StringComparison.Ordinal);
        Assert.Contains(run.ErrorLines, line => line.StartsWith("error: 00010: not in ", StringComparison.Ordinal));
    }

    [Fact]
    public void Photos_without_a_wrinkle_are_scored_when_asked_for()
    {
        DataFolders.Plain(_folder, "data", ["a", "b"], bandRows: 0);
        Directory.CreateDirectory(_folder["predicted"]);
        new Mask(120, 100).Save(_folder["predicted/a.png"]);
        Mask.Full(120, 101).Save(_folder["predicted/b.png"]);

        var left = Evaluate();
        var one = Evaluate("--empty", "one");

        Assert.Equal(1, left.ExitCode);
        Assert.Contains(
            "no wrinkle is drawn on any of its 2 masks; --empty one scores them all the same",
            Assert.Single(left.ErrorLines, line => line.StartsWith("error: ", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.Equal(0, one.ExitCode);
        Assert.Contains("mean over photos: JSI (IoU) 0.5000", one.Output, StringComparison.Ordinal);
        Assert.Contains("recall: undefined on 2 photos, left out of its mean", one.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "--tolerance '0' must be pixels from 1 to 100", "--tolerance", "0")]
    [InlineData(2, "--average 'mean' is unknown; use one of: image, pooled, batch", "--average", "mean")]
    [InlineData(2, "--empty 'none' is unknown; use one of: leave-out, one, skip, zero", "--empty", "none")]
    [InlineData(2, "--ids and --split both choose photos; give one of them", "--ids", "x", "--split", "test")]
    [InlineData(2, "--splits needs the name of a part: add --split test", "--splits", "x")]
    [InlineData(2, "--split '../test' is no part of a split", "--split", "../test")]
    [InlineData(2, "--curve needs probabilities: give --maps", "--curve", "x.csv")]
    [InlineData(2, "--recall must be above 0 and at most 1", "--recall", "90")]
    [InlineData(2, "--batch-size must be 1 or more", "--batch-size", "0")]
    [InlineData(1, "test.txt: there is no such file", "--split", "test")]
    [InlineData(1, "nobody.csv: there is no such file", "--groups", "nobody.csv")]
    [InlineData(1, "nowhere: there is no such folder", "--maps", "nowhere")]
    public void Wrong_use_gets_a_line(int exitCode, string line, params string[] options)
    {
        Set("a");

        var run = Evaluate(options);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(
            line, Assert.Single(run.ErrorLines, error => error.StartsWith("error: ", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    private RhytidProcess Evaluate(params string[] options) =>
        RhytidProcess.Run(["evaluate", "--data", _folder["data"], "--masks", _folder["predicted"], .. options]);

    // Masks with a bar of four rows; predictions of the same bar, each a little more to the side.
    private void Set(params string[] ids)
    {
        foreach (var name in new[] { "data/masks", "predicted" })
            Directory.CreateDirectory(_folder[name]);
        foreach (var (id, i) in ids.Select((id, i) => (id, i)))
        {
            Bar(0).Save(_folder[$"data/masks/{id}.png"]);
            Bar(1 + (2 * i)).Save(_folder[$"predicted/{id}.mask.png"]);
        }
    }

    private static Mask Bar(int left)
    {
        var mask = new Mask(40, 30);
        for (var y = 10; y < 14; y++)
            mask.Row(y)[left..].Fill(Mask.Set);
        return mask;
    }
}
