using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Training.Augmentation;
using Rhytid.Training.Synthesis;

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
        using var scope = TensorScope.Begin();
        var places = new AffineMap { ScaleX = 2, Degrees = 90 }.ToWarp(new Size2(3, 3))(SamplingGrid.Identity(new Size2(3, 3), Device.Cpu));

        // The upper middle pixel was half a pixel right of the centre.
        Assert.Equal(1.5, places[0, 0, 1].ToDouble(), 1e-6);
        Assert.Equal(1, places[1, 0, 1].ToDouble(), 1e-6);
    }

    [Fact]
    public void Operations_are_followed_back_from_the_last()
    {
        using var scope = TensorScope.Begin();
        var size = new Size2(3, 3);
        var flip = new HorizontalFlip();
        var random = new SeededRandom(0UL, 0);
        Warp[] warps = [new AffineMap { ShiftX = 1 }.ToWarp(size), flip.Draw(ref random, size)];

        // Shifted right, then flipped: columns 2, 1, nothing.
        AssertClose([2, 1, 0, 5, 4, 0, 8, 7, 0], Sample(SamplingGrid.Compose(warps, size, Device.Cpu)));
    }

    [Fact]
    public void Grid_distortion_is_linear_within_each_interval_and_its_factors_keep_the_limit()
    {
        using var scope = TensorScope.Begin();
        var size = new Size2(1, 100);
        for (var seed = 0UL; seed < 20; seed++)
        {
            var random = new SeededRandom(seed, 0);
            var x = new GridDistortion().Draw(ref random, size)(SamplingGrid.Identity(size, Device.Cpu)).Narrow(0, 0, 1).ToArray<float>();
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
        using var scope = TensorScope.Begin();
        var size = new Size2(81, 101);
        var places = OpticalDistortion.WarpOf(0.4, 50, 40, size)(SamplingGrid.Identity(size, Device.Cpu));

        Assert.Equal(50, places[0, 40, 50].ToDouble(), 1e-5);
        var squared = ((30.0 * 30) + (20 * 20)) / (101 * 101);
        var factor = 1 + (0.4 * squared) + (0.4 * squared * squared);
        Assert.Equal(50 + (30 * factor), places[0, 60, 80].ToDouble(), 1e-4);
        Assert.Equal(40 + (20 * factor), places[1, 60, 80].ToDouble(), 1e-4);
    }

    // The deviation of blurred uniform noise is alpha sqrt(1/3) / (2 sigma sqrt(pi)), on the coarse grid (sigma 20) as on the fine one.
    [Theory]
    [InlineData(30, 6)]
    [InlineData(1, 50)]
    [InlineData(100, 20)]
    public void Elastic_displacements_have_the_deviation_of_blurred_noise(double alpha, double sigma)
    {
        using var scope = TensorScope.Begin();
        var size = new Size2(700, 700);
        var random = new SeededRandom(9UL, 0);
        var identity = SamplingGrid.Identity(size, Device.Cpu);

        var moved = new ElasticDistortion { Alpha = alpha, Sigma = sigma }.Draw(ref random, size)(identity) - identity;

        var deviation = Math.Sqrt((moved * moved).Mean().ToDouble());
        var expected = alpha / Math.Sqrt(3) / (2 * sigma * Math.Sqrt(Math.PI));
        // Coarser noise, fewer independent places: a few percent by chance.
        Assert.InRange(deviation / expected, 0.75, 1.25);
    }

    private static void AssertMoved(AffineMap map, float[] expected)
    {
        using var scope = TensorScope.Begin();
        AssertClose(expected, Sample(map.ToWarp(new Size2(3, 3))(SamplingGrid.Identity(new Size2(3, 3), Device.Cpu))));
    }

    private static float[] Sample(Tensor places) => BatchMove.Bilinear(Tensor.From(Nine, 1, 1, 3, 3), places.Unsqueeze(0)).ToArray<float>();

    private static void AssertClose(float[] expected, float[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-4f);
    }
}
