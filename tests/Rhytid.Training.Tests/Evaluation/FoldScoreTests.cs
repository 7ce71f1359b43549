using Rhytid.Training.Evaluation;

namespace Rhytid.Training.Tests.Evaluation;

public sealed class FoldScoreTests
{
    // By hand: deviation of 0.2, 0.3, 0.4 is 0.1; t for two degrees of freedom is 4.3027.
    [Fact]
    public void The_interval_is_students()
    {
        var score = new FoldScore("jsi", [0.2, 0.3, 0.4]);

        Assert.Equal(0.3, score.Mean, 1e-12);
        Assert.Equal(4.3027 * 0.1 / Math.Sqrt(3), score.HalfInterval, 1e-6);
        Assert.Equal(double.NaN, new FoldScore("jsi", [0.2]).HalfInterval);
        Assert.Equal(double.NaN, new FoldScore("jsi", [0.2, double.NaN]).Mean);
    }

    // SciPy: t.ppf(0.975, 11) = 2.200985, t.ppf(0.975, 40) = 2.021075.
    [Theory]
    [InlineData(12, 2.200985)]
    [InlineData(41, 2.021075)]
    public void Many_folds_go_by_the_expansion(int folds, double quantile)
    {
        var values = Enumerable.Range(0, folds).Select(i => (double)i).ToList();
        var score = new FoldScore("jsi", values);

        Assert.Equal(quantile, score.HalfInterval * Math.Sqrt(folds) / score.Deviation, 1e-3);
    }
}
