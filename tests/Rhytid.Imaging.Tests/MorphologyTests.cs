namespace Rhytid.Imaging.Tests;

public class MorphologyTests
{
    [Fact]
    public void Thinning_a_bar_leaves_a_line_of_one_pixel()
    {
        var mask = new Mask(40, 20);
        for (var y = 8; y < 13; y++)
            for (var x = 5; x < 35; x++)
                mask[x, y] = true;

        var thin = mask.Thin();

        for (var x = 10; x < 30; x++)
            Assert.Equal(1, Enumerable.Range(0, 20).Count(y => thin[x, y]));
    }

    [Fact]
    public void Components_are_counted_with_their_boxes()
    {
        var mask = new Mask(10, 10);
        mask[1, 1] = mask[2, 2] = true;
        mask[7, 7] = true;

        Assert.Equal(2, mask.Components(8).Components.Count);
        Assert.Equal(3, mask.Components(4).Components.Count);
        Assert.Equal(new System.Drawing.Rectangle(1, 1, 2, 2), mask.Components(8).Components[0].Bounds);
    }

    [Fact]
    public void Distance_counts_to_the_nearest_pixel_outside()
    {
        var mask = new Mask(9, 9);
        for (var y = 2; y < 7; y++)
            for (var x = 2; x < 7; x++)
                mask[x, y] = true;

        Assert.Equal(3, mask.Distance()[4, 4]);
        Assert.Equal(0, mask.Distance()[0, 0]);
    }
}
