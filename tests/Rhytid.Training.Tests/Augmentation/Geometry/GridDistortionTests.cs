using Rhytid.Torch.Nn;
using Rhytid.Training.Augmentation;
using static Rhytid.Training.Tests.Augmentation.GridCases;

namespace Rhytid.Training.Tests.Augmentation.Geometry;

public sealed class GridDistortionTests
{
    [Fact]
    public void Grid_distortion_is_linear_within_each_interval_and_its_factors_keep_the_limit()
    {
        var size = new Size2(1, 100);
        for (var seed = 0UL; seed < 20; seed++)
        {
            var random = new SeededRandom(seed, 0);
            var x = Grid(100, 1, new GridDistortion().Draw(ref random, size)).X(0).ToArray();
            Assert.Equal(0, x[0]);
            for (var interval = 0; interval < 5; interval++)
            {
                var slope = x[(20 * interval) + 1] - x[20 * interval];
                Assert.InRange(slope, 0.7f - 1e-4f, 1.3f + 1e-4f);
                for (var i = 1; i < 20; i++)
                    Assert.Equal(slope, x[(20 * interval) + i] - x[(20 * interval) + i - 1], 1e-4f);
            }
        }
    }
}
