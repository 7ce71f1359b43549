using Rhytid.Torch.Nn;
using Rhytid.Training.Augmentation;
using static Rhytid.Training.Tests.Augmentation.GridCases;

namespace Rhytid.Training.Tests.Augmentation.Geometry;

public sealed class SamplingGridTests
{
    [Fact]
    public void Operations_are_followed_back_from_the_last()
    {
        var size = new Size2(3, 3);
        var flip = new HorizontalFlip();
        var random = new SeededRandom(0UL, 0);
        Warp[] warps = [new AffineMap { ShiftX = 1 }.ToWarp(size), flip.Draw(ref random, size)];

        // Shifted right, then flipped: columns 2, 1, nothing.
        AssertClose([2, 1, 0, 5, 4, 0, 8, 7, 0], Sample(Grid(3, 3, warps)));
    }
}
