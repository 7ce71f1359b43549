using FsCheck;
using FsCheck.Fluent;
using Rhytid.Imaging;
using Rhytid.Textures;
using static Rhytid.Tests.Textures.TextureCases;

namespace Rhytid.Tests.Textures;

public class TextureMapTests
{
    // A picture made by a formula; values by NumPy.
    private static Plane<float> Golden()
    {
        var gray = new Plane<float>(32, 32);
        for (var y = 0; y < 32; y++)
            for (var x = 0; x < 32; x++)
                gray[x, y] = ((7 * x) + (13 * y) + (x * y % 11)) % 256;
        return gray;
    }

    [Fact]
    public void Kernel_has_the_published_weights()
    {
        var weights = GaussianKernel.Weights(21, 5);

        Assert.Equal(0.01119473, weights[0], 7);
        Assert.Equal(0.01119473, weights[20], 7);
        Assert.Equal(0.08271847, weights[10], 7);
        Assert.Equal(1, weights.Sum(), 6);
    }

    [Theory]
    [InlineData(0, 0, 77.732405)]
    [InlineData(7, 5, 123.306946)]
    [InlineData(31, 31, 83.747384)]
    public void Blur_has_the_golden_values(int x, int y, double expected)
    {
        var row = new float[32];
        TextureKernel.BlurRow(Golden().Samples, 32, 32, y, GaussianKernel.Weights(21, 5), row);

        Assert.Equal(expected, row[x], 4);
    }

    [Fact]
    public void Truncated_map_has_the_golden_sums()
    {
        var texture = TextureMap.Compute(Golden());

        Assert.Equal(56_561, Sum(texture));
        Assert.Equal(515, texture.Samples.Length - texture.Samples.Count((byte)0));
        Assert.Equal((255, 17, 0), (texture[0, 0], texture[7, 5], texture[31, 31]));
    }

    [Fact]
    public void Rounded_map_has_the_golden_sum() =>
        Assert.Equal(
            56_823,
            Sum(TextureMap.Compute(Golden(), options: new TextureMapOptions { Rounding = TextureRounding.Nearest })));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(5, 1)]
    [InlineData(3, 200)]
    [InlineData(129, 67)]
    [InlineData(257, 12)]
    [InlineData(525, 9)]
    [InlineData(6, 300)]
    public void Any_size_agrees_with_a_plain_computation(int width, int height)
    {
        var gray = Noise(width, height, seed: width + height);
        var texture = TextureMap.Compute(gray);

        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                AssertNear(PlainTexture(gray, x, y), texture[x, y]);
    }

    [Fact]
    public void Threads_do_not_change_a_byte()
    {
        var gray = Noise(700, 613, seed: 3);
        var one = TextureMap.Compute(gray, threads: 1);

        foreach (var threads in new[] { 2, 3, 7 })
            Assert.True(one.Samples.SequenceEqual(TextureMap.Compute(gray, threads: threads).Samples));
    }

    [Fact]
    public void The_mask_is_applied_after_the_blur()
    {
        var gray = Noise(64, 64, seed: 5);
        var skin = new Mask(64, 64);
        skin.FillEllipse(new(32, 32), new(20, 25));
        var whole = TextureMap.Compute(gray);
        var masked = TextureMap.Compute(gray, skin);

        for (var i = 0; i < whole.Samples.Length; i++)
            Assert.Equal(skin.Samples[i] != 0 ? whole.Samples[i] : 0, masked.Samples[i]);
    }

    [Fact]
    public void A_flat_picture_has_almost_no_texture() => Prop.ForAll(
        Gen.Choose(0, 255).ToArbitrary(),
        level =>
        {
            var gray = new Plane<float>(40, 30);
            gray.Samples.Fill(level);
            // 255 * (1 - v / (1 + v)) = 255 / (1 + v), the same everywhere.
            return TextureMap.Compute(gray).Samples.ToArray()
                .All(value => Math.Abs(value - (255.0 / (1 + level))) < 1.001);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_kernel_scales_with_the_picture_when_asked()
    {
        var half = TextureMapOptions.Default.ScaledTo(512);

        Assert.Equal((11, 2.5), (half.KernelSize, half.Sigma));
        Assert.Equal(TextureMapOptions.Default, TextureMapOptions.Default.ScaledTo(1024));
    }

    [Fact]
    public void An_even_kernel_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => TextureMap.Compute(Golden(), options: new TextureMapOptions { KernelSize = 20 }));

    private static long Sum(Plane<byte> plane)
    {
        var sum = 0L;
        foreach (var value in plane.Samples)
            sum += value;
        return sum;
    }

    // Straight from the formula, in double precision and two dimensions.
    private static double PlainTexture(Plane<float> gray, int x, int y)
    {
        var (sum, weights) = (0.0, 0.0);
        for (var dy = -10; dy <= 10; dy++)
        {
            for (var dx = -10; dx <= 10; dx++)
            {
                var weight = Math.Exp(-((dx * dx) + (dy * dy)) / 50.0);
                sum += weight * gray[Mirror(x + dx, gray.Width), Mirror(y + dy, gray.Height)];
                weights += weight;
            }
        }
        return Math.Clamp((1 - (gray[x, y] / (1 + (sum / weights)))) * 255, 0, 255);

        static int Mirror(int i, int n)
        {
            while (n > 1 && (i < 0 || i >= n))
                i = i < 0 ? -i : (2 * (n - 1)) - i;
            return n == 1 ? 0 : i;
        }
    }

    private static void AssertNear(double exact, byte stored)
    {
        // Truncated, unless the exact value is within float error of a whole number.
        Assert.InRange(exact - stored, -1e-3, 1 + 1e-3);
    }
}
