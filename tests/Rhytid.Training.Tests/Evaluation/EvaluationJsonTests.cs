using System.Text.Json;
using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Training.Evaluation;
using static Rhytid.Training.Tests.Evaluation.EvaluatedSets;

namespace Rhytid.Training.Tests.Evaluation;

public sealed class EvaluationJsonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Several_runs_give_mean_and_deviation_in_the_same_fields()
    {
        Save(_folder, "data/masks/a.png", "1000", "0110");
        Save(_folder, "predicted/a.png", "1100", "0100");
        var report = Create(_folder, new EvaluationReportOptions { Average = HeadlineAverage.Pooled });

        var repeated = new RepeatedReport("two", [report, report]);

        var jsi = repeated.Scores.Single(score => score.Key == MaskScore.JsiKey);
        Assert.Equal((0.5, 0), (repeated.Headline(jsi).Mean, repeated.Headline(jsi).Std));
        using var json = JsonDocument.Parse(EvaluationJson.Create(repeated));
        Assert.Equal(2, json.RootElement.GetProperty("runs").GetArrayLength());
        File.WriteAllText(_folder["scores.json"], json.RootElement.GetRawText());
        Assert.Equal((0.5, 0.5), EvaluationFile.Load(_folder["scores.json"]).Scores[MaskScore.JsiKey]);
    }
}
