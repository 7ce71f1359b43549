using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Evaluation;
using static Rhytid.Training.Tests.Evaluation.EvaluatedSets;

namespace Rhytid.Training.Tests.Evaluation;

public sealed class EvaluationFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_report_has_every_average_and_goes_through_its_file()
    {
        Save(_folder, "data/masks/a.png", "1000", "0110");
        Save(_folder, "predicted/a.png", "1100", "0100");

        var report = Create(_folder, new EvaluationReportOptions { Average = HeadlineAverage.Batch, BatchSize = 1 });

        Assert.Equal(("predicted", "data"), (report.Name, report.Data));
        var jsi = report.Rows.Single(row => row.Key == MaskScore.JsiKey);
        Assert.Equal((0.5, 0.5, 0.5), (jsi.ImageMean, jsi.Pooled, report.Average.Of(jsi)));
        Assert.Equal(HeadlineAverage.Image, report.GroupAverage);
        Assert.Null(report.Thresholds);
        File.WriteAllText(_folder["scores.json"], EvaluationJson.Create(report));
        var read = EvaluationFile.Load(_folder["scores.json"]);
        Assert.Equal(("predicted", "data", 1), (read.Name, read.Data, read.Photos));
        Assert.Equal((0.5, 0.5), read.Scores[MaskScore.JsiKey]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"schema\":\"rhytid.evaluation/1\"}")]
    [InlineData(
        "{\"schema\":\"rhytid.evaluation/1\",\"name\":\"a\",\"data\":\"b\",\"photos\":1,\"scores\":"
        + "{\"jsi\":{\"imageMean\":1,\"pooled\":1},\"jsi\":{\"imageMean\":0,\"pooled\":0}}}")]
    public void Anything_else_is_refused(string text)
    {
        File.WriteAllText(_folder["scores.json"], text);

        var error = Assert.Throws<DatasetException>(() => EvaluationFile.Load(_folder["scores.json"]));

        Assert.Contains("this is not what evaluate --json writes", error.Message, StringComparison.Ordinal);
    }
}
