using Rhytid.Imaging;
using Rhytid.Segmentation.Classical;

namespace Rhytid.Tests.Segmentation.Classical;

public sealed class OrientedReconstructionTests
{
    [Fact]
    public void Growing_follows_a_line_but_not_around_a_corner()
    {
        var reconstruction = new OrientedReconstruction(orientations: 12, elementLengthPixels: 7);
        var support = new Mask(40, 40);
        var orientation = new Plane<byte>(40, 40);
        Rectangle(support, 5, 20, 30, 1);
        Rectangle(support, 34, 5, 1, 15);
        for (var x = 0; x < 40; x++)
            orientation[x, 20] = 6; // across: 90 degrees, so the line is horizontal
        var seeds = new Mask(40, 40);
        seeds[6, 20] = true;
        var grown = reconstruction.Grow(seeds, support, orientation);
        Assert.True(grown[34, 20]);
        Assert.Equal(30, grown.Count());
    }

    [Theory]
    [InlineData(1, 20)]
    [InlineData(11, 20)]
    [InlineData(2, 10)]
    public void The_next_orientation_is_near_enough_and_the_count_goes_around(byte second, int expected)
    {
        var support = new Mask(9, 30);
        Rectangle(support, 4, 5, 1, 20);
        var orientation = new Plane<byte>(9, 30);
        for (var y = 15; y < 25; y++)
            orientation[4, y] = second;
        var seeds = new Mask(9, 30);
        seeds[4, 6] = true;

        Assert.Equal(expected, new OrientedReconstruction(12, 5).Grow(seeds, support, orientation).Count());
    }

    [Fact]
    public void Seeds_outside_the_support_do_not_grow()
    {
        var seeds = new Mask(9, 9);
        seeds[4, 4] = true;

        Assert.Equal(0, new OrientedReconstruction(12, 5).Grow(seeds, new Mask(9, 9), new Plane<byte>(9, 9)).Count());
    }

    private static void Rectangle(Mask mask, int left, int top, int width, int height)
    {
        for (var y = top; y < top + height; y++)
            for (var x = left; x < left + width; x++)
                mask[x, y] = true;
    }
}
