using Rhytid.Training.Evaluation;

namespace Rhytid.Training.Tests.Evaluation;

public sealed class RepeatedScoreTests
{
    [Fact]
    public void Mean_and_deviation_over_runs()
    {
        ScoreRow[] Run(double image, double pooled) =>
            [new("JSI", "jsi", image, pooled), new("AUC", "auc", image, double.NaN)];

        var scores =
            RepeatedScore.Compute(
                [Run(0.40, 0.5), Run(0.44, 0.5), Run(0.48, 0.5), [.. Run(0.44, 0.5), new ScoreRow("F1", "f1", 1, 1)]]);

        Assert.Equal(["jsi", "auc"], scores.Select(score => score.Key));
        Assert.Equal(0.44, scores[0].ImageMean.Mean, 12);
        // Deviations -0.04, 0, 0.04, 0: their squares sum to 0.0032, over n - 1 = 3.
        Assert.Equal(Math.Sqrt(0.0032 / 3), scores[0].ImageMean.Std, 12);
        Assert.Equal(0, scores[0].Pooled.Std);
        Assert.Equal(double.NaN, scores[1].Pooled.Mean);
        Assert.Null(scores[0].BatchMean);
        Assert.Equal(double.NaN, MeanAndStd.Compute([1]).Std);
    }
}
