using FsCheck;
using FsCheck.Fluent;
using Rhytid.Imaging;
using Rhytid.Scores;

namespace Rhytid.Tests.Scores;

public class ConfusionCountsTests
{
    [Fact]
    public void Golden_example_of_the_specification()
    {
        var counts = ConfusionCounts.Count(MaskOf("1100", "0100"), MaskOf("1000", "0110"));

        Assert.Equal(new ConfusionCounts(2, 1, 1, 4), counts);
        Assert.Equal(0.5, counts.Jsi, 12);
        Assert.Equal(0.6667, counts.F1, 4);
        Assert.Equal(0.75, counts.Accuracy, 12);
        Assert.Equal(0.6667, counts.Recall, 4);
        Assert.Equal(0.6667, counts.Precision, 4);
        Assert.Equal(0.8, counts.Specificity, 12);
        Assert.Equal(0.466667, counts.Pearson, 6);
    }

    [Fact]
    public void Pearson_is_one_for_equal_minus_one_for_opposite_and_undefined_for_flat_masks()
    {
        Assert.Equal(1, ConfusionCounts.Count(MaskOf("0110"), MaskOf("0110")).Pearson, 12);
        Assert.Equal(-1, ConfusionCounts.Count(MaskOf("0110"), MaskOf("1001")).Pearson, 12);
        Assert.True(double.IsNaN(ConfusionCounts.Count(MaskOf("0000"), MaskOf("0110")).Pearson));
        Assert.True(double.IsNaN(ConfusionCounts.Count(MaskOf("0110"), MaskOf("1111")).Pearson));
        // A thousand photos of 1024 x 1024 pixels: the products leave the range of 64 bits.
        Assert.Equal(1, new ConfusionCounts(6_000_000, 0, 0, 1_042_576_000).Pearson, 12);
    }

    [Fact]
    public void F1_follows_from_jsi() => Prop.ForAll(
        Gen.Choose(0, 5000).Three().ToArbitrary(),
        n =>
        {
            var counts = new ConfusionCounts(n.Item1, n.Item2, n.Item3, 7);
            return Math.Abs(counts.F1 - (2 * counts.Jsi / (1 + counts.Jsi))) < 1e-12;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Pixels_outside_the_scored_region_do_not_count()
    {
        var counts = ConfusionCounts.Count(MaskOf("11"), MaskOf("01"), MaskOf("01"));
        Assert.Equal(new ConfusionCounts(1, 0, 0, 0), counts);
    }

    [Fact]
    public void Two_empty_masks_agree()
    {
        var counts = ConfusionCounts.Count(MaskOf("00"), MaskOf("00"));
        Assert.Equal((1.0, 1.0, 0.0), (counts.Jsi, counts.F1, counts.Precision));
        Assert.True(double.IsNaN(counts.Recall));
    }

    [Fact]
    public void Sizes_must_agree() =>
        Assert.Throws<ArgumentException>(() => ConfusionCounts.Count(MaskOf("00"), MaskOf("000")));

    private static Mask MaskOf(params string[] rows)
    {
        var mask = new Mask(rows[0].Length, rows.Length);
        for (var y = 0; y < rows.Length; y++)
            for (var x = 0; x < rows[y].Length; x++)
                mask[x, y] = rows[y][x] == '1';
        return mask;
    }
}
