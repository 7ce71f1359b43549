using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Training.Objectives;
using Rhytid.Training.Runs;
using Rhytid.Training.Runs.Reporting;
using static Rhytid.Training.Tests.Runs.Reporting.RunExampleCases;

namespace Rhytid.Training.Tests.Runs.Reporting;

public sealed class RunExamplesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_saved_comes_back_the_worst_first()
    {
        var path = _folder["examples.safetensors"];
        RunExamples.Save(
            path, 7,
            [Example(
                "good/one",
                0.9), Example("bad", 0.1) with { Scored = null }, Example("fair", 0.5) with { Threshold = 0.4 }]);

        var loaded = RunExamples.Load(path);

        Assert.Equal(7, loaded.Epoch);
        Assert.Equal(["bad", "fair", "good/one"], loaded.Examples.Select(example => example.Id));
        Assert.Equal(["bad", "fair"], loaded.Worst.Select(example => example.Id));
        Assert.Equal(["good/one"], loaded.Best.Select(example => example.Id));
        Assert.Null(loaded.Examples[0].Scored);
        Assert.Equal(new byte[] { 128, 102, 128 }, loaded.Examples.Select(example => example.Level));
        var good = loaded.Examples[2];
        Assert.Equal((0.9, 2), (good.Jsi, good.Size));
        Assert.Equal(Example("", 0).Photo, good.Photo);
        Assert.Equal(Example("", 0).Truth, good.Truth);
        Assert.Equal(Example("", 0).Probability, good.Probability);
        Assert.Equal(Example("", 0).Scored, good.Scored);
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void No_examples_and_scores_that_are_no_number_are_kept_too()
    {
        RunExamples.Save(_folder["none"], 1, []);
        RunExamples.Save(_folder["nan"], 1, [Example("a", double.NaN)]);

        Assert.Empty(RunExamples.Load(_folder["none"]).Examples);
        Assert.Equal(double.NaN, RunExamples.Load(_folder["nan"]).Examples[0].Jsi);
    }

    [Fact]
    public void The_worst_and_the_best_are_chosen_none_twice()
    {
        var many = Enumerable.Range(0, 20).Select(i => ($"{i:D2}", i is 3 ? double.NaN : (i * 7 % 20) / 20.0)).ToList();

        Assert.Equal(["00", "06", "09", "12", "08", "11", "14", "17"], RunExamples.Choose(many));
        Assert.Equal(["01", "02", "00"], RunExamples.Choose([("00", 1), ("01", 0), ("02", 0)]));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(
            () => RunExamples.Save(_folder["x"], 1, [Example("a", 0) with { Truth = [1] }]));
        Assert.Throws<ArgumentException>(
            () => RunExamples.Save(
                _folder["x"], 1, [Example("a", 0), new RunExample("b", 0, 1, new byte[3], [0], [0], null)]));
        Assert.Empty(Directory.GetFiles(_folder.Path));

        File.WriteAllText(_folder["text"], "not tensors at all");
        Assert.Contains(
            "text", Assert.Throws<TrainingException>(() => RunExamples.Load(_folder["text"])).Message,
            StringComparison.Ordinal);
        Assert.Throws<TrainingException>(() => RunExamples.Load(_folder["missing"]));
    }
}
