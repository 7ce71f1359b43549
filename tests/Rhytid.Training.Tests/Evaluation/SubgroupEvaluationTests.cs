using Rhytid.Scores;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Evaluation;

namespace Rhytid.Training.Tests.Evaluation;

public sealed class SubgroupEvaluationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Groups_are_scored_and_the_largest_gap_comes_first()
    {
        // Twelve photos: JSI 0.9 of the first six, 0.6 of the rest. Age parts them by quality, sex mixes them.
        var evaluation = MaskEvaluationCases.Evaluate(new EvaluationOptions { Tolerances = [] },
            [.. Enumerable.Range(0, 12)
                .Select(i => i < 6 ? new ConfusionCounts(90, 5, 5, 900) : new ConfusionCounts(60, 20, 20, 900))]);
        File.WriteAllLines(
            _folder["people.csv"],
            ["id,age_group,gender", .. Enumerable.Range(0, 11)
                .Select(i => $"{i},{(i < 6 ? "20-29" : "70+")},{(i % 2 == 0 ? "male" : "female")}")]);

        var groups = SubgroupEvaluation.Compute(evaluation, DemographicsFile.Load(_folder["people.csv"]), resamples: 50);

        Assert.Equal(
            [("20-29", 6), ("70+", 5), ("male", 6), ("female", 5)],
            groups.Groups.Select(group => (group.Bin, group.Images)));
        Assert.Equal(0.6, groups.Groups[1].Rows[0].Pooled, 12);
        Assert.Equal(["00011"], groups.Unknown);
        var gaps = groups.Gaps(MaskScore.JsiKey, row => row.ImageMean);
        Assert.Equal(("age", "20-29", "70+"), (gaps[0].Attribute, gaps[0].Best, gaps[0].Worst));
        Assert.Equal(0.3, gaps[0].Difference, 12);
        Assert.Equal(2, gaps.Count);
    }

    [Fact]
    public void Groups_of_a_few_photos_make_no_gap()
    {
        var evaluation = MaskEvaluationCases.Evaluate(new EvaluationOptions { Tolerances = [] },
            [.. Enumerable.Range(0, 6).Select(i => new ConfusionCounts(i == 0 ? 1 : 90, 5, 5, 900))]);
        File.WriteAllLines(
            _folder["people.csv"],
            ["id,gender", .. Enumerable.Range(0, 6).Select(i => $"{i},{(i == 0 ? "male" : "female")}")]);

        var groups = SubgroupEvaluation.Compute(evaluation, DemographicsFile.Load(_folder["people.csv"]), resamples: 0);

        Assert.Equal(2, groups.Groups.Count);
        Assert.Empty(groups.Gaps(MaskScore.JsiKey, row => row.ImageMean));
    }
}
