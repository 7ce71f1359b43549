using System.Drawing;
using Rhytid.Imaging;
using Rhytid.Synthesis.Portraits;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Training.Augmentation;

namespace Rhytid.Training.Tests.Augmentation;

/// <summary>
/// What cameras and files do to photos: beside libjpeg and PyTorch (tests/Golden/make_photos.py), and by hand.
/// </summary>
public sealed class CameraOperationTests
{
    private static readonly float[] Levels = [0, 51, 102, 127.5f, 204, 255];

    // libjpeg rounds to whole levels before the transform, behind it and at the end, which this does not; the bounds
    // are a twentieth above what was measured. Blocks at the picture's edge are filled up.
    [Theory]
    [InlineData(10, 0.67, 0.086)]
    [InlineData(30, 0.84, 0.185)]
    [InlineData(60, 1.03, 0.29)]
    [InlineData(95, 1.03, 0.51)]
    public void Jpeg_leaves_what_a_real_encoder_leaves(int quality, double most, double share)
    {
        using var scope = TensorScope.Begin();
        var original = Image.Load(Path.Combine(Repository.Root, "samples", "portrait.png"))
            .Crop(new Rectangle(340, 400, 104, 72));
        var expected = Planes(Image.Load(GoldenFolder.PathOf("augmentation", $"jpeg-{quality}.png")));

        var result = JpegCompression.Compress(Planes(original), quality);

        var (fromEncoder, fromOriginal) =
            (MeanDifference(expected, result), MeanDifference(expected, Planes(original)));
        Assert.True(
            fromEncoder < Math.Min(most, share * fromOriginal),
            $"{fromEncoder:0.00} levels from the encoder's result, which is {fromOriginal:0.00} from the original");
    }

    // A block of one level has a mean alone, in steps of an eighth of the table's first entry; 128 is a whole number of
    // them.
    [Theory]
    [InlineData(30, 200, 198.875)] // 8 * 72 / 27 = 21.33, 21 * 27 / 8 = 70.875
    [InlineData(30, 128, 128)]
    [InlineData(90, 200, 200)]     // 8 * 72 / 3 = 192
    [InlineData(50, 0, 0)]         // 8 * -128 / 16 = -64
    [InlineData(10, 255, 255)]     // 8 * 127 / 80 = 12.7, 13 * 80 / 8 = 130, and 258 is cut off
    [InlineData(10, 240, 238)]     // 8 * 112 / 80 = 11.2, 11 * 80 / 8 = 110
    public void Jpeg_of_one_gray_level_is_the_nearest_level_that_it_knows(int quality, float level, double expected)
    {
        using var scope = TensorScope.Begin();
        var result = JpegCompression.Compress(Tensor.Full([1, 3, 21, 34], level), quality);

        Assert.Equal([1, 3, 21, 34], result.Shape);
        Assert.All(result.ToArray<float>(), value => Assert.Equal(expected, value, 2e-3));
    }

    [Fact]
    public void Jpeg_draws_its_quality_between_its_bounds()
    {
        using var scope = TensorScope.Begin();
        var photo =
            Planes(Image.Load(Path.Combine(Repository.Root, "samples", "portrait.png"))
                .Crop(new Rectangle(340, 400, 32, 32)));
        for (var seed = 0UL; seed < 5; seed++)
        {
            var (random, again) = (new SeededRandom(seed, 1), new SeededRandom(seed, 1));

            var result = new JpegCompression { MinQuality = 40, MaxQuality = 43 }.Apply(photo, ref random);

            var quality = 40 + again.Below(4);
            Assert.Equal(JpegCompression.Compress(photo, quality).ToArray<float>(), result.ToArray<float>());
        }
    }

    [Fact]
    public void Low_resolution_is_PyTorchs()
    {
        using var scope = TensorScope.Begin();
        foreach (var golden in GoldenFolder.Json("augmentation", "torch.json").GetProperty("cases").EnumerateArray())
        {
            var (shape, small) = (golden.GetProperty("shape").Longs(), golden.GetProperty("small").Longs());
            var photo =
                (Tensor.From(GoldenFormula.Values(golden.GetProperty("name").GetString()!, shape), shape) * 127) + 128;

            var result = LowResolution.Reduce(photo, new Size2(small[0], small[1]));

            Assert.Equal(
                golden.GetProperty("values").EnumerateArray().Select(value => value.GetSingle()),
                result.ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-3);
        }
    }

    [Fact]
    public void Low_resolution_draws_the_factors_logarithm()
    {
        using var scope = TensorScope.Begin();
        var photo = Tensor.From(GoldenFormula.Values("draw.input", 1, 3, 40, 60), 1, 3, 40, 60) * 127 + 128;
        for (var seed = 0UL; seed < 5; seed++)
        {
            var (random, again) = (new SeededRandom(seed, 1), new SeededRandom(seed, 1));

            var result = new LowResolution { MaxFactor = 4 }.Apply(photo, ref random);

            var factor = Math.Exp(again.Range(0, (float)Math.Log(4)));
            Assert.InRange(factor, 1, 4);
            Assert.Equal(
                LowResolution.Reduce(photo, new Size2((long)Math.Round(40 / factor), (long)Math.Round(60 / factor)))
                    .ToArray<float>(),
                result.ToArray<float>());
        }
        var none = new SeededRandom(1UL, 1);
        Assert.Equal(
            photo.ToArray<float>(), new LowResolution { MaxFactor = 1 }.Apply(photo, ref none).ToArray<float>(),
            (a, b) => Math.Abs(a - b) < 1e-4);
    }

    // By hand, with the exponent that the same seed draws: black and white stay, and 1 + strength is as likely as its
    // inverse.
    [Fact]
    public void Gamma_bends_the_tone_curve()
    {
        using var scope = TensorScope.Begin();
        var exponents = new List<double>();
        for (var seed = 0UL; seed < 40; seed++)
        {
            var (random, again) = (new SeededRandom(seed * 77, 1), new SeededRandom(seed * 77, 1));

            var result =
                new Gamma { Strength = 0.5 }.Apply(Tensor.From(Levels, 1, 3, 1, 2), ref random).ToArray<float>();

            var exponent = Math.Exp(again.Range((float)-Math.Log(1.5), (float)Math.Log(1.5)));
            exponents.Add(exponent);
            Assert.Equal(
                Levels.Select(level => (float)(255 * Math.Pow(level / 255, exponent))), result,
                (a, b) => Math.Abs(a - b) < 1e-2);
            Assert.Equal((0, 255), (result[0], result[5]));
        }
        Assert.All(exponents, exponent => Assert.InRange(exponent, 1 / 1.5, 1.5));
        Assert.InRange(exponents.Count(exponent => exponent > 1), 10, 30);
    }

    [Fact]
    public void A_cast_multiplies_each_colour_by_its_own_factor()
    {
        using var scope = TensorScope.Begin();
        var (random, again) = (new SeededRandom(3UL, 4UL), new SeededRandom(3UL, 4UL));

        var result =
            new ColorCast { Strength = 0.2 }.Apply(Tensor.From(Levels, 1, 3, 1, 2), ref random).ToArray<float>();

        float[] factors = [again.Range(0.8f, 1.2f), again.Range(0.8f, 1.2f), again.Range(0.8f, 1.2f)];
        Assert.Equal(3, factors.Distinct().Count());
        Assert.All(factors, factor => Assert.InRange(factor, 0.8, 1.2));
        Assert.Equal(
            Levels.Select((level, i) => Math.Clamp(level * factors[i / 2], 0, 255)), result,
            (a, b) => Math.Abs(a - b) < 1e-3);
    }

    private static double MeanDifference(Tensor a, Tensor b) => (a - b).Abs().Mean().ToDouble();

    private static Tensor Planes(Image image)
    {
        var area = image.Width * image.Height;
        var planes = new float[3 * area];
        for (var i = 0; i < planes.Length; i++)
            planes[(i % 3 * area) + (i / 3)] = image.Samples[i];
        return Tensor.From(planes, 1, 3, image.Height, image.Width);
    }
}
