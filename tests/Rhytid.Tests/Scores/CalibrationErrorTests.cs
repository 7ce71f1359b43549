using Rhytid.Imaging;
using Rhytid.Scores;

namespace Rhytid.Tests.Scores;

public class CalibrationErrorTests
{
    [Fact]
    public void Worked_example()
    {
        // Two bins: 0.2 and 0.4 (mean 0.3) with one wrinkle of two; 0.6 and 1 (mean 0.8) with two of two: (0.2 + 0.2) /
        // 2.
        var histogram = ScoreHistogram.Compute(
            Plane<float>.FromPixels([0.2f, 0.4f, 0.6f, 1], 4, 1), ScoreHistogramTests.MaskOf(0, 1, 1, 1));

        Assert.Equal(0.2, CalibrationError.Compute(histogram, bins: 2), 4);
    }

    [Fact]
    public void Probabilities_that_come_true_have_none_and_the_opposite_has_all()
    {
        var truth = ScoreHistogramTests.MaskOf(1, 0, 0, 1);

        Assert.Equal(0, CalibrationError.Compute(ScoreHistogram.Compute(Plane<byte>.FromPixels([255, 0, 0, 255], 4, 1), truth)));
        Assert.Equal(
            0, CalibrationError.Compute(ScoreHistogram.Compute(Plane<float>.FromPixels([0.5f, 0.5f, 0.5f, 0.5f], 4, 1), truth)),
            4);
        Assert.Equal(1, CalibrationError.Compute(ScoreHistogram.Compute(Plane<byte>.FromPixels([0, 255, 255, 0], 4, 1), truth)));
        Assert.True(
            double.IsNaN(
                CalibrationError.Compute(ScoreHistogram.Compute(new Plane<byte>(1, 1), new Mask(1, 1), new Mask(1, 1)))));
    }
}
