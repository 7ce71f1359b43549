using Rhytid.Training.Evaluation.Published;
using static Rhytid.Training.Tests.Evaluation.Published.PublishedCases;

namespace Rhytid.Training.Tests.Evaluation.Published;

public class PublishedResultsTests
{
    [Theory]
    [InlineData("moon", 20, 8)]
    [InlineData("poster", 8, 5)]
    [InlineData("kim", 4, 7)]
    [InlineData("bui", 2, 0)]
    [InlineData("sandu", 1, 0)]
    public void Every_row_is_there(string paper, int first, int second)
    {
        var results = Paper(paper).Results;

        Assert.Equal(first + second, results.Count);
        var firstTable = results[0].Table;
        Assert.Equal(first, results.Count(result => result.Table == firstTable));
        Assert.All(results, result => Assert.True(result.Scores.ContainsKey("jsi")));
    }

    [Fact]
    public void Some_values()
    {
        var best =
            Paper("moon").Results.Single(result => result is { Table: 3, Method: "unet/texture", TrainFraction: 1 });
        Assert.Equal((0.4831, 0.6442, 0.9957), (best.Scores["jsi"], best.Scores["f1"], best.Scores["accuracy"]));
        Assert.Equal((17.264, "image"), (best.ParametersMillions, best.Average));
        var sandu = Paper("sandu").Results[0];
        Assert.Equal((0.4999, 0.5179, "pooled"), (sandu.Scores["precision"], sandu.Scores["recall"], sandu.Average));
        Assert.False(sandu.Scores.ContainsKey("accuracy"));
        var kim = Paper("kim").Results.Single(result => result is { Table: 1, Method: "unetpp dice+focal" });
        Assert.Equal((0.6019, 0.9952), (kim.Scores["recall"], kim.Scores["specificity"]));
        Assert.Equal(
            0.3461,
            Paper("poster").Results.Single(
                result => result is { Method: "unet/texture", TrainFraction: 0.05 }).Scores["jsi"]);
    }

    [Fact]
    public void The_reading_of_averages_follows_from_the_numbers()
    {
        // Pooled counts force F1 = 2 J / (1 + J); a mean over photos cannot lie above it. The one slip is named in the
        // notes.
        var above = PublishedResults.All.SelectMany(paper => paper.Results)
            .Where(result => result.Scores.ContainsKey("f1"))
                .Where(result => result.Scores["f1"] > Bound(result) + 1e-4).Select(result => result.Method);
        Assert.Equal(["unetpp bce+dice"], above);
        var pooled =
            PublishedResults.All.SelectMany(paper => paper.Results)
                .Where(result => result.Average == "pooled")
                .ToList();
        Assert.Equal(3, pooled.Count);
        Assert.All(pooled, result => Assert.InRange(result.Scores["f1"], Bound(result) - 2e-4, Bound(result) + 2e-4));
        Assert.Equal(["sandu"], PublishedResults.All.Where(paper => paper.IsPooled).Select(paper => paper.Name));
    }

    private static double Bound(PublishedResult result) => 2 * result.Scores["jsi"] / (1 + result.Scores["jsi"]);
}
