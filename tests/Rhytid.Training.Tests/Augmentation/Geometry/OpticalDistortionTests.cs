using Rhytid.Torch.Nn;
using Rhytid.Training.Augmentation;
using static Rhytid.Training.Tests.Augmentation.GridCases;

namespace Rhytid.Training.Tests.Augmentation.Geometry;

public sealed class OpticalDistortionTests
{
    [Fact]
    public void Optical_distortion_follows_its_formula()
    {
        var grid = Grid(101, 81, OpticalDistortion.WarpOf(0.4, 50, 40, new Size2(81, 101)));

        Assert.Equal(50, grid.X(40)[50], 1e-5);
        var squared = ((30.0 * 30) + (20 * 20)) / (101 * 101);
        var factor = 1 + (0.4 * squared) + (0.4 * squared * squared);
        Assert.Equal(50 + (30 * factor), grid.X(60)[80], 1e-4);
        Assert.Equal(40 + (20 * factor), grid.Y(60)[80], 1e-4);
    }
}
