using Rhytid.Scores;
using Rhytid.Training.Evaluation;
using static Rhytid.Training.Tests.Evaluation.MaskEvaluationCases;

namespace Rhytid.Training.Tests.Evaluation;

public class MaskEvaluationTests
{
    [Fact]
    public void Averages_differ_as_they_should()
    {
        // A photo of long lines found well and one of short lines found badly: JSI 0.8 and 0.1.
        var evaluation = Evaluate(Strict, new ConfusionCounts(80, 10, 10, 900), new ConfusionCounts(1, 4, 5, 990));
        var jsi = evaluation.Scores[0];

        Assert.Equal(0.45, evaluation.ImageMean(jsi), 12);
        Assert.Equal(81.0 / 110, evaluation.ValueOf(jsi, evaluation.Pooled), 12);
        Assert.Equal(evaluation.ImageMean(jsi), evaluation.BatchMean(jsi, 1), 12);
        Assert.Equal(81.0 / 110, evaluation.BatchMean(jsi, 2), 12);
        // Pooled counts force F1 = 2 J / (1 + J); a mean over photos lies below it.
        var f1 = evaluation.Scores[1];
        Assert.Equal(2 * (81.0 / 110) / (1 + (81.0 / 110)), evaluation.ValueOf(f1, evaluation.Pooled), 12);
        Assert.True(evaluation.ImageMean(f1) < 2 * 0.45 / 1.45);
    }

    [Fact]
    public void Intervals_of_both_averages_hold_their_scores_and_repeat()
    {
        var random = new Random(1);
        var evaluation = Evaluate(
            Strict,
            [.. Enumerable.Range(0, 60)
                .Select(_ => new ConfusionCounts(random.Next(1, 100), random.Next(50), random.Next(50), 900))]);

        var rows = ScoreTable.Compute(evaluation, resamples: 400, seed: 5, batchSize: 8);

        Assert.Equal(["jsi", "f1", "precision", "recall", "specificity", "accuracy"], rows.Select(row => row.Key));
        Assert.All(rows, row =>
        {
            Assert.InRange(row.ImageMean, row.ImageInterval!.Value.Low, row.ImageInterval.Value.High);
            Assert.InRange(row.Pooled, row.PooledInterval!.Value.Low, row.PooledInterval.Value.High);
            Assert.InRange(row.BatchMean!.Value, 0, 1);
        });
        Assert.True(rows[0].ImageInterval!.Value.High - rows[0].ImageInterval!.Value.Low is > 0.02 and < 0.3);
        Assert.Equal(rows, ScoreTable.Compute(evaluation, resamples: 400, seed: 5, batchSize: 8));
        Assert.Null(ScoreTable.Compute(evaluation, resamples: 0)[0].ImageInterval);
    }
}
