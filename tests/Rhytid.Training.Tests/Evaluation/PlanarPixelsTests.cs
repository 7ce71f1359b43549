using Rhytid.Imaging;
using Rhytid.Training.Evaluation;

namespace Rhytid.Training.Tests.Evaluation;

public sealed class PlanarPixelsTests
{
    [Fact]
    public void Planes_become_pixels_and_large_values_a_mask()
    {
        var image = PlanarPixels.ToImage([1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24], 2);
        var mask = PlanarPixels.ToMask([0, 1, 127, 128], 2, least: 128);

        Assert.Equal([1, 11, 21, 2, 12, 22, 3, 13, 23, 4, 14, 24], image.Samples.ToArray());
        Assert.Equal([0, 0, 0, Mask.Set], mask.Samples.ToArray());
        Assert.Equal([0, Mask.Set, Mask.Set, Mask.Set], PlanarPixels.ToMask([0, 1, 127, 128], 2).Samples.ToArray());
    }
}
