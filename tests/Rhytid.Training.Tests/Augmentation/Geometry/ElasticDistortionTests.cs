using Rhytid.Torch.Nn;
using Rhytid.Training.Augmentation;
using static Rhytid.Training.Tests.Augmentation.GridCases;

namespace Rhytid.Training.Tests.Augmentation.Geometry;

public sealed class ElasticDistortionTests
{
    // The deviation of blurred uniform noise is alpha sqrt(1/3) / (2 sigma sqrt(pi)), on the coarse grid (sigma 20) as
    // on the fine one.
    [Theory]
    [InlineData(30, 6)]
    [InlineData(1, 50)]
    [InlineData(100, 20)]
    public void Elastic_displacements_have_the_deviation_of_blurred_noise(double alpha, double sigma)
    {
        var random = new SeededRandom(9UL, 0);

        var grid = Grid(
            700, 700, new ElasticDistortion { Alpha = alpha, Sigma = sigma }.Draw(ref random, new Size2(700, 700)));

        var sum = 0.0;
        for (var y = 0; y < 700; y++)
            for (var x = 0; x < 700; x++)
                sum += Math.Pow(grid.X(y)[x] - x, 2) + Math.Pow(grid.Y(y)[x] - y, 2);
        var deviation = Math.Sqrt(sum / (2 * 700 * 700));
        var expected = alpha / Math.Sqrt(3) / (2 * sigma * Math.Sqrt(Math.PI));
        // Coarser noise, fewer independent places: a few percent by chance.
        Assert.InRange(deviation / expected, 0.75, 1.25);
    }
}
