using Rhytid.Imaging;
using Rhytid.Training.Datasets.Preparation;

namespace Rhytid.Training.Tests.Datasets.Preparation;

public class WeightedWrinkleMapTests
{
    // Worked by hand: wrinkles at row 1, columns 1 to 5, and at row 6, column 6.
    private static readonly Mask Golden = GoldenMask();

    [Fact]
    public void Cells_of_2_are_the_specifications()
    {
        var rows = Levels(WeightedWrinkleMap.Compute(Golden, 2));

        Assert.Equal([63, 63, 127, 127, 127, 127, 95, 95], rows[0]);
        Assert.Equal([63, 255, 255, 255, 255, 255, 95, 95], rows[1]);
        Assert.All(rows[2..6], row => Assert.Equal([95, 95, 95, 95, 95, 95, 95, 95], row));
        Assert.Equal([95, 95, 95, 95, 95, 95, 255, 63], rows[6]);
        Assert.Equal([95, 95, 95, 95, 95, 95, 63, 63], rows[7]);
    }

    [Fact]
    public void Cells_of_4_are_the_specifications()
    {
        var rows = Levels(WeightedWrinkleMap.Compute(Golden, 4));

        Assert.Equal([47, 47, 47, 47, 31, 31, 31, 31], rows[0]);
        Assert.Equal([31, 31, 31, 31, 15, 15, 15, 15], rows[4]);
    }

    [Fact]
    public void Cells_of_8_are_the_specifications()
    {
        var rows = Levels(WeightedWrinkleMap.Compute(Golden, 8));

        Assert.Equal([23, 255, 255, 255, 255, 255, 23, 23], rows[1]);
        Assert.Equal(6, rows.Sum(row => row.Count(level => level == 255)));
        Assert.Equal(58, rows.Sum(row => row.Count(level => level == 23)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Without_a_wrinkle_every_pixel_weighs_1(int cell) =>
        Assert.False(WeightedWrinkleMap.Compute(new Mask(8, 8), cell).Samples.ContainsAnyExcept(1f));

    [Fact]
    public void A_cell_that_the_edge_cuts_is_covered_by_what_is_left_of_it()
    {
        var mask = new Mask(5, 3) { [4, 2] = true, [0, 0] = true };

        var rows = Levels(WeightedWrinkleMap.Compute(mask, 4));

        // The cells: 1 of 12 pixels, 1 of 3.
        Assert.Equal([255, 21, 21, 21, 85], rows[0]);
        Assert.Equal([21, 21, 21, 21, 255], rows[2]);
    }

    [Fact]
    public void A_cell_too_large_for_its_levels_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WeightedWrinkleMap.Compute(Golden, 16));

    private static Mask GoldenMask()
    {
        var mask = new Mask(8, 8) { [6, 6] = true };
        for (var x = 1; x <= 5; x++)
            mask[x, 1] = true;
        return mask;
    }

    private static List<int[]> Levels(Plane<float> weights) =>
        [.. Enumerable.Range(0, weights.Height)
            .Select(y => weights.Row(y).ToArray().Select(weight => (int)MathF.Round(weight * 255)).ToArray())];
}
