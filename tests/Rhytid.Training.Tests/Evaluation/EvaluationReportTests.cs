using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using static Rhytid.Training.Tests.Evaluation.EvaluatedSets;

namespace Rhytid.Training.Tests.Evaluation;

public sealed class EvaluationReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("0000", "1111", "no wrinkle is drawn on any of its 1 masks")]
    [InlineData("0110", null, "has a mask here")]
    public void Nothing_to_score_is_an_error_that_says_why(string truth, string? predicted, string expected)
    {
        Save(_folder, "data/masks/a.png", truth);
        Save(_folder, predicted is null ? "predicted/other.png" : "predicted/a.png", predicted ?? "0000");

        var error = Assert.Throws<ImageException>(() => Create(_folder));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
