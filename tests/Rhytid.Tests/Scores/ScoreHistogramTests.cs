using Rhytid.Imaging;
using Rhytid.Scores;

namespace Rhytid.Tests.Scores;

public class ScoreHistogramTests
{
    [Fact]
    public void Maps_of_8_and_16_bits_and_probabilities_fall_into_the_same_bins()
    {
        var truth = MaskOf(1, 0, 1, 0);
        var bytes = ScoreHistogram.Compute(Plane<byte>.FromPixels([255, 0, 51, 102], 4, 1), truth);
        var shorts = ScoreHistogram.Compute(Plane<ushort>.FromPixels([65535, 0, 13107, 26214], 4, 1), truth);
        var floats = ScoreHistogram.Compute(Plane<float>.FromPixels([1, -0.5f, 0.2f, 0.4f], 4, 1), truth);

        Assert.Equal(bytes.Positives.ToArray(), shorts.Positives.ToArray());
        Assert.Equal(bytes.Positives.ToArray(), floats.Positives.ToArray());
        Assert.Equal(bytes.Negatives.ToArray(), shorts.Negatives.ToArray());
        Assert.Equal(bytes.Negatives.ToArray(), floats.Negatives.ToArray());
        Assert.Equal((1L, 1L), (bytes.Positives[65535], bytes.Positives[13107]));
        Assert.Equal((2L, 2L), (bytes.PositiveCount, bytes.NegativeCount));
        Assert.Equal(0.75, bytes.Auc, 12);
    }

    [Fact]
    public void Adding_photos_is_pooling_their_pixels()
    {
        var pooled = ScoreHistogram.Compute(Plane<byte>.FromPixels([9, 5], 2, 1), MaskOf(1, 0));
        pooled.Add(ScoreHistogram.Compute(Plane<byte>.FromPixels([3, 5], 2, 1), MaskOf(1, 0)));
        var together = ScoreHistogram.Compute(Plane<byte>.FromPixels([9, 5, 3, 5], 4, 1), MaskOf(1, 0, 1, 0));

        Assert.Equal(together.Positives.ToArray(), pooled.Positives.ToArray());
        Assert.Equal(together.Negatives.ToArray(), pooled.Negatives.ToArray());
        Assert.Equal(0.5, pooled.Auc, 12);
    }

    [Fact]
    public void Pixels_outside_the_scored_region_do_not_count()
    {
        var histogram = ScoreHistogram.Compute(Plane<byte>.FromPixels([1, 2, 3], 3, 1), MaskOf(1, 0, 1), MaskOf(0, 1, 1));

        Assert.Equal((1L, 1L, 0L), (histogram.PositiveCount, histogram.NegativeCount, histogram.Positives[257]));
    }

    [Fact]
    public void Without_wrinkles_or_without_anything_else_there_is_no_auc() =>
        Assert.True(double.IsNaN(ScoreHistogram.Compute(Plane<byte>.FromPixels([1, 2], 2, 1), MaskOf(0, 0)).Auc));

    [Fact]
    public void Sizes_must_agree() =>
        Assert.Equal(
            "the map has 2 x 1 pixels, the truth 3 x 1",
            Assert.Throws<ArgumentException>(() => ScoreHistogram.Compute(new Plane<byte>(2, 1), MaskOf(0, 0, 1))).Message);

    internal static Mask MaskOf(params byte[] pixels) =>
        Mask.FromLevels(Plane<byte>.FromPixels(pixels, pixels.Length, 1));
}
