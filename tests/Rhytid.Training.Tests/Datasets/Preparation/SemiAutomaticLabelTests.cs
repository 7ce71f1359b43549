using Rhytid.Imaging;
using Rhytid.Textures;
using Rhytid.Training.Datasets.Preparation;
using Rhytid.Training.Datasets.Sets;
using static Rhytid.Training.Tests.Datasets.Preparation.SemiAutomaticCases;

namespace Rhytid.Training.Tests.Datasets.Preparation;

public sealed class SemiAutomaticLabelTests
{
    [Theory]
    [InlineData(AdaptiveRule.Gaussian)]
    [InlineData(AdaptiveRule.Bradley)]
    public void A_band_painted_over_a_dark_line_becomes_the_line(AdaptiveRule rule)
    {
        var (photo, rough) = LineUnderABand(96);

        var label = SemiAutomaticLabel.Compute(photo, rough, rule);

        Assert.True(label[48, 40]);
        Assert.False(label[48, 44]);
        Assert.Equal(label.Count(), label.And(rough).Count());
        Assert.InRange(label.Count(), 60, 260);
    }

    [Fact]
    public void It_is_the_specifications_formula()
    {
        var (photo, rough) = LineUnderABand(96);
        var masked = TextureMap.Compute(photo, rough);
        var inverted = new Plane<byte>(96, 96);
        for (var i = 0; i < inverted.Samples.Length; i++)
            inverted.Samples[i] = (byte)(255 - masked.Samples[i]);

        Assert.Equal(
            AdaptiveThreshold.Gaussian(inverted).Samples.ToArray(),
            SemiAutomaticLabel.Compute(photo, rough).Samples.ToArray());
    }

    [Fact]
    public void Without_a_rough_label_there_is_no_label()
    {
        var (photo, _) = LineUnderABand(96);

        Assert.Equal(0, SemiAutomaticLabel.Compute(photo, new Mask(96, 96)).Count());
        Assert.Equal(0, SemiAutomaticLabel.Compute(photo, new Mask(96, 96), AdaptiveRule.Bradley).Count());
        Assert.Throws<ArgumentException>(() => SemiAutomaticLabel.Compute(photo, new Mask(50, 96)));
    }
}
