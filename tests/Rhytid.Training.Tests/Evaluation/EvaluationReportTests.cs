using System.Text.Json;
using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Evaluation;
using Rhytid.Training.Evaluation.Networks;
using Rhytid.Training.Tests.Datasets.Annotators;
using Rhytid.Training.Tests.Datasets.Sets;

namespace Rhytid.Training.Tests.Evaluation;

public sealed class EvaluationReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_report_has_every_average_and_goes_through_its_file()
    {
        Save("data/masks/a.png", "1000", "0110");
        Save("predicted/a.png", "1100", "0100");

        var report = Create(new EvaluationReportOptions { Average = HeadlineAverage.Batch, BatchSize = 1 });

        Assert.Equal(("predicted", "data"), (report.Name, report.Data));
        var jsi = report.Rows.Single(row => row.Key == MaskScore.JsiKey);
        Assert.Equal((0.5, 0.5, 0.5), (jsi.ImageMean, jsi.Pooled, report.Average.Of(jsi)));
        Assert.Equal(HeadlineAverage.Image, report.GroupAverage);
        Assert.Null(report.Thresholds);
        File.WriteAllText(_folder["scores.json"], EvaluationJson.Text(report));
        var read = EvaluationFile.Load(_folder["scores.json"]);
        Assert.Equal(("predicted", "data", 1), (read.Name, read.Data, read.Photos));
        Assert.Equal((0.5, 0.5), read.Scores[MaskScore.JsiKey]);
    }

    [Fact]
    public void Tables_have_a_line_for_each_photo()
    {
        Save("data/masks/a.png", "1000", "0110");
        Save("predicted/a.png", "1100", "0100");
        var report = Create();

        Assert.Matches("^id,tp,fp,fn,tn,.*\na,2,1,1,4,.*\n$", EvaluationCsv.Of(report.Evaluation));
        Assert.Matches("^run,id,.*\npredicted,a,.*\npredicted,a,.*\n$", EvaluationCsv.Of([report, report]));
    }

    [Fact]
    public void Several_runs_give_mean_and_deviation_in_the_same_fields()
    {
        Save("data/masks/a.png", "1000", "0110");
        Save("predicted/a.png", "1100", "0100");
        var report = Create(new EvaluationReportOptions { Average = HeadlineAverage.Pooled });

        var repeated = new RepeatedReport("two", [report, report]);

        var jsi = repeated.Scores.Single(score => score.Key == MaskScore.JsiKey);
        Assert.Equal((0.5, 0), (repeated.Headline(jsi).Mean, repeated.Headline(jsi).Std));
        using var json = JsonDocument.Parse(EvaluationJson.Text(repeated));
        Assert.Equal(2, json.RootElement.GetProperty("runs").GetArrayLength());
        File.WriteAllText(_folder["scores.json"], json.RootElement.GetRawText());
        Assert.Equal((0.5, 0.5), EvaluationFile.Load(_folder["scores.json"]).Scores[MaskScore.JsiKey]);
    }

    [Theory]
    [InlineData("0000", "1111", "no wrinkle is drawn on any of its 1 masks")]
    [InlineData("0110", null, "has a mask here")]
    public void Nothing_to_score_is_an_error_that_says_why(string truth, string? predicted, string expected)
    {
        Save("data/masks/a.png", truth);
        Save(predicted is null ? "predicted/other.png" : "predicted/a.png", predicted ?? "0000");

        var error = Assert.Throws<ImageException>(() => Create());

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_without_a_manual_mask_are_told_apart()
    {
        Save("data/masks/a.png", "0110");
        Save("data/images/b.png", "0110");

        var (dataset, unlabelled) = EvaluatedData.Choose(WrinkleDataset.Open(_folder["data"]), ["a", "b", "c"]);

        Assert.Equal(["a", "b"], dataset.Samples.Select(sample => sample.Id));
        Assert.Equal(["b", "c"], unlabelled);
        using var data = EvaluatedData.Open(_folder["data"], ["a"], new DatasetOptions());
        Assert.Equal(["a"], data.Set.Ids);
    }

    private EvaluationReport Create(EvaluationReportOptions? options = null)
    {
        var target = new EvaluatedFolder(
            WrinkleDataset.Open(_folder["data"]), _folder["predicted"], new EvaluationOptions())
        {
            Name = "predicted",
        };
        return EvaluationReport.Create(
            target, target.Run(progress: null, default), _folder["data"], options ?? new EvaluationReportOptions());
    }

    private void Save(string file, params string[] rows) => TestDataset.Write(Masks.Of(rows), _folder[file]);
}
