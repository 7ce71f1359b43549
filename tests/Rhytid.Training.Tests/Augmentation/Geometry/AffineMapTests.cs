using Rhytid.Torch.Nn;
using Rhytid.Training.Augmentation;
using static Rhytid.Training.Tests.Augmentation.GridCases;

namespace Rhytid.Training.Tests.Augmentation.Geometry;

public sealed class AffineMapTests
{
    [Fact]
    public void A_quarter_turn_is_counter_clockwise() =>
        AssertMoved(new AffineMap { Degrees = 90 }, [3, 6, 9, 2, 5, 8, 1, 4, 7]);

    [Fact]
    public void A_shift_goes_right_and_down() =>
        AssertMoved(new AffineMap { ShiftX = 1, ShiftY = 1 }, [0, 0, 0, 0, 1, 2, 0, 4, 5]);

    // About the centre: its neighbours come from half a pixel away.
    [Fact]
    public void Twice_the_size_interpolates_between_pixels() =>
        AssertMoved(new AffineMap { ScaleX = 2, ScaleY = 2 }, [3, 3.5f, 4, 4.5f, 5, 5.5f, 6, 6.5f, 7]);

    [Fact]
    public void A_shear_slides_lower_rows_to_the_right() =>
        AssertMoved(new AffineMap { ShearXDegrees = 45 }, [2, 3, 0, 4, 5, 6, 0, 7, 8]);

    // Scaled first, then rotated: the factor of the width ends up in the height.
    [Fact]
    public void Scale_comes_before_rotation()
    {
        var grid = Grid(3, 3, new AffineMap { ScaleX = 2, Degrees = 90 }.ToWarp(new Size2(3, 3)));

        // The upper middle pixel was half a pixel right of the centre.
        Assert.Equal(1.5, grid.X(0)[1], 1e-6);
        Assert.Equal(1, grid.Y(0)[1], 1e-6);
    }

    private static void AssertMoved(AffineMap map, float[] expected) =>
        AssertClose(expected, Sample(Grid(3, 3, map.ToWarp(new Size2(3, 3)))));
}
