using Rhytid.Scores;
using Rhytid.Training.Evaluation;
using static Rhytid.Training.Tests.Evaluation.MaskEvaluationCases;

namespace Rhytid.Training.Tests.Evaluation;

public class MaskScoreTests
{
    [Theory]
    [InlineData(EmptyCase.One, 0.75, 0)]
    [InlineData(EmptyCase.Skip, 0.5, 1)]
    [InlineData(EmptyCase.Zero, 0.25, 0)]
    public void Two_empty_masks_count_as_the_options_say(EmptyCase empty, double mean, int undefined)
    {
        var evaluation = Evaluate(
            Strict with { Empty = empty }, new ConfusionCounts(1, 1, 0, 2), new ConfusionCounts(0, 0, 0, 4));

        Assert.Equal(mean, evaluation.ImageMean(evaluation.Scores[0]), 12);
        Assert.Equal(undefined, evaluation.Undefined(evaluation.Scores[0]));
        // Whatever they say: nothing predicted has precision 0, and without a wrinkle there is no recall.
        Assert.Equal(0.25, evaluation.ImageMean(Score(evaluation, "precision")), 12);
        Assert.Equal(1, evaluation.Undefined(Score(evaluation, "recall")));
        Assert.Equal(1, evaluation.ImageMean(Score(evaluation, "recall")), 12);
    }

    private static MaskScore Score(MaskEvaluation evaluation, string key) =>
        evaluation.Scores.Single(score => score.Key == key);
}
