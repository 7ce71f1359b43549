using Rhytid.Training.Datasets.Splits;
using Rhytid.Training.Evaluation;
using Rhytid.Training.Evaluation.Published;
using static Rhytid.Training.Tests.Evaluation.Published.PublishedCases;

namespace Rhytid.Training.Tests.Evaluation.Published;

public class ComparisonTableTests
{
    [Fact]
    public void Runs_stand_below_with_both_averages_the_papers_first()
    {
        var run = new EvaluationFile
        {
            Name = "a|b",
            Data = "test",
            Photos = 3,
            Scores = new Dictionary<string, (double?, double?)> { ["jsi"] = (0.41, 0.42), ["f1"] = (0.5, null) }
        };

        var moon = ComparisonTable.Create(Paper("moon"), [run]);
        var sandu = ComparisonTable.Create(Paper("sandu"), [run]);

        Assert.Equal(
            ["table", "method", "input", "labels, %", "JSI (IoU)", "F1 (Dice)", "accuracy", "parameters, M", "average"],
            moon.Header);
        Assert.Equal(["run", "a|b", "test (*)", "", "0.4100", "0.5000", "", "", "image"], moon.Rows[^2]);
        Assert.Equal(["run", "a|b", "test (*)", "", "0.4200", "", "", "", "pooled"], moon.Rows[^1]);
        Assert.Equal(["pooled", "image"], sandu.Rows.TakeLast(2).Select(row => row[^1]));
        Assert.Contains(
            "| run | a\\|b | test (*) |  | 0.4100 | 0.5000 |  |  | image |\n", moon.ToMarkdown(), StringComparison.Ordinal);
        Assert.Contains("\n- Different papers test on different photos", moon.ToMarkdown(), StringComparison.Ordinal);
        Assert.Equal(1 + 28 + 2, moon.ToCsv().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }
}
