using System.Drawing;
using Rhytid.Synthesis.Portraits;
using Rhytid.Torch.Nn;
using Rhytid.Training.Augmentation;

namespace Rhytid.Training.Tests.Augmentation;

public sealed class GeometryTests
{
    private static readonly float[] Nine = [1, 2, 3, 4, 5, 6, 7, 8, 9];

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

    // What a pixel of the picture is found at comes from there.
    [Fact]
    public void Pixels_are_found_in_the_result()
    {
        var pipeline = AugmentationPresets.Named("moon");
        var (found, lost) = (0, 0);
        for (var sample = 0; sample < 40; sample++)
        {
            var move = SampleMove.Draw(pipeline.Geometry, new AugmentationSeed(1, 0, $"{sample}"), new Size2(90, 100));
            foreach (var source in new[] { new Point(50, 45), new Point(0, 0), new Point(99, 12), new Point(20, 70) })
            {
                if (move.Find(source) is not { } place)
                {
                    lost++;
                    continue;
                }
                found++;
                var grid = move.Grid(new Rectangle(place, new Size(1, 1)));
                Assert.InRange(grid.X(place.Y)[0] - source.X, -2, 2);
                Assert.InRange(grid.Y(place.Y)[0] - source.Y, -2, 2);
            }
        }
        Assert.InRange(lost, 1, found / 2);
    }

    private static void AssertMoved(AffineMap map, float[] expected) =>
        AssertClose(expected, Sample(Grid(3, 3, map.ToWarp(new Size2(3, 3)))));

    private static SamplingGrid Grid(int width, int height, params Warp[] warps) =>
        SamplingGrid.Compose(warps, new Rectangle(0, 0, width, height));

    private static float[] Sample(SamplingGrid grid)
    {
        var sampled = new float[9];
        new PlaneSampler<float>(Nine, 3, 3, grid).Bilinear(grid.Window, sampled);
        return sampled;
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-4f);
    }
}
