using System.Numerics;

namespace Rhytid.Imaging.Tests;

public class GeometryTests
{
    [Fact]
    public void A_warp_by_whole_pixels_moves_pixels()
    {
        var plane = new Plane<byte>(6, 5);
        plane[2, 1] = 200;

        var moved = plane.Warp(6, 5, Matrix3x2.CreateTranslation(-3, -2));

        Assert.Equal(200, moved[5, 3]);
        Assert.Equal(1, moved.Samples.Length - moved.Samples.Count((byte)0));
    }

    [Fact]
    public void A_warp_by_two_counts_from_pixel_edges_like_a_resize()
    {
        var plane = new Plane<float>(4, 4);
        plane.Samples.Fill(1);
        plane[0, 0] = 9;

        var enlarged = plane.Warp(8, 8, Matrix3x2.CreateScale(0.5f), border: BorderMode.Replicate);
        var resized = plane.Resize(8, 8, Interpolation.Linear);

        for (var i = 0; i < resized.Samples.Length; i++)
            Assert.Equal(resized.Samples[i], enlarged.Samples[i], 1e-4f);
    }

    [Fact]
    public void A_mask_shrinks_by_half_coverage()
    {
        var mask = new Mask(4, 2);
        mask[0, 0] = mask[1, 0] = mask[2, 0] = true;

        var half = mask.Resize(2, 1);

        Assert.True(half[0, 0]);
        Assert.False(half[1, 0]);
    }
}
