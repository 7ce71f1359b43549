using System.Drawing;
using Rhytid.Training.Augmentation;

namespace Rhytid.Training.Tests.Augmentation;

public sealed class MaskDilationTests
{
    // A pixel at (2, 1) of 4 x 3 and a half at (0, 0): each reaches its neighbours, the larger one wins.
    [Fact]
    public void A_pixel_reaches_its_neighbours_and_the_largest_wins()
    {
        float[] mask = [0.5f, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0];
        var picture = new Rectangle(0, 0, 4, 3);
        var all = new float[12];
        var right = new float[6];

        MaskDilation.Dilate(mask, picture, picture, all);
        MaskDilation.Dilate(mask, picture, new Rectangle(0, 0, 2, 3), right);

        Assert.Equal([0.5f, 1, 1, 1, 0.5f, 1, 1, 1, 0, 1, 1, 1], all);
        Assert.Equal([0.5f, 1, 0.5f, 1, 0, 1], right);
    }
}
