using Rhytid.Imaging;
using Rhytid.Scores;

namespace Rhytid.Tests.Scores;

public class PrecisionRecallCurveTests
{
    // scikit-learn's example of average_precision_score: truth 0 0 1 1, scores 0.1 0.4 0.35 0.8, and 0.8333 as the
    // answer.
    private static readonly PrecisionRecallCurve Curve = PrecisionRecallCurve.Compute(ScoreHistogram.Compute(
        Plane<float>.FromPixels([0.1f, 0.4f, 0.35f, 0.8f], 4, 1), ScoreHistogramTests.MaskOf(0, 0, 1, 1)));

    [Fact]
    public void Average_precision_is_scikit_learns() => Assert.Equal(5.0 / 6, Curve.AveragePrecision, 12);

    [Fact]
    public void Points_go_from_the_highest_threshold_to_the_lowest()
    {
        Assert.Equal([0.8, 0.4, 0.35, 0.1], Curve.Points.Select(point => Math.Round(point.Threshold, 4)));
        Assert.Equal([0.5, 0.5, 1, 1], Curve.Points.Select(point => point.Recall));
        Assert.Equal([1, 0.5, 2.0 / 3, 0.5], Curve.Points.Select(point => point.Precision));
    }

    [Fact]
    public void Best_f1_and_the_threshold_of_a_wanted_recall()
    {
        Assert.Equal(0.35, Curve.BestF1!.Value.Threshold, 4);
        Assert.Equal(0.8, Curve.BestF1!.Value.F1, 12);
        Assert.Equal(0.8, Curve.AtRecall(0.5)!.Value.Threshold, 4);
        Assert.Equal(0.35, Curve.AtRecall(0.51)!.Value.Threshold, 4);
        Assert.Throws<ArgumentOutOfRangeException>(() => Curve.AtRecall(1.1));
    }

    [Fact]
    public void The_best_threshold_gives_the_best_mask()
    {
        var random = new Random(3);
        var (map, truth) = (new Plane<byte>(64, 64), new Mask(64, 64));
        for (var i = 0; i < map.Samples.Length; i++)
        {
            truth.Samples[i] = random.Next(10) == 0 ? Mask.Set : (byte)0;
            map.Samples[i] = (byte)(random.Next(180) + (truth.Samples[i] != 0 ? 60 : 0));
        }
        var best = PrecisionRecallCurve.Compute(ScoreHistogram.Compute(map, truth)).BestF1!.Value;

        double F1At(int level) => ConfusionCounts.Count(Mask.Where(map, value => value >= level), truth).F1;
        var levels = Enumerable.Range(0, 256).Select(F1At).ToList();
        Assert.Equal(levels.Max(), best.F1, 12);
        Assert.Equal(best.F1, F1At((int)Math.Round(best.Threshold * 255)), 12);
    }

    [Fact]
    public void Without_wrinkles_there_is_no_curve()
    {
        var curve = PrecisionRecallCurve.Compute(ScoreHistogram.Compute(new Plane<byte>(2, 1), new Mask(2, 1)));

        Assert.Empty(curve.Points);
        Assert.True(double.IsNaN(curve.AveragePrecision));
        Assert.Null(curve.BestF1);
        Assert.Null(curve.AtRecall(0));
    }
}
