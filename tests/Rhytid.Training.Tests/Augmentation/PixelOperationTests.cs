using System.Text.Json;
using Rhytid.Synthesis.Portraits;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Training.Augmentation;

namespace Rhytid.Training.Tests.Augmentation;

/// <summary>Against OpenCV's own results (tests/Golden/make_augmentation.py).</summary>
public sealed class PixelOperationTests
{
    [Fact]
    public void Clahe_of_a_plane_is_opencvs_to_the_byte()
    {
        foreach (var golden in Cases("clahe"))
        {
            var (width, height) = Size(golden);
            var plane = Picture(golden.GetProperty("name").GetString()!, width, height);

            TileEqualizer.Equalize(
                plane, width, height, golden.GetProperty("tiles").GetInt32(), golden.GetProperty("clip").GetDouble());

            Assert.Equal(golden.GetProperty("values").Longs(), plane.Select(level => (long)level));
        }
    }

    // OpenCV computes 8-bit L*a*b* from tables and rounds all three: one level of lightness, two of a colour. In
    // between, equal lightness is equalised to the byte (above); so close ones may end apart, and each step is compared
    // by itself.
    [Fact]
    public void Lightness_is_exchanged_as_opencv_does_but_for_its_rounding()
    {
        using var scope = TensorScope.Begin();
        var golden = Assert.Single(Cases("clahe-lab"));
        var levels = Colors(golden).ToArray<float>();
        var lightness = new byte[levels.Length / 3];

        LabColor.Lightness(levels, lightness);
        AssertClose(golden.GetProperty("lightness").Longs(), lightness, most: 1, mean: 0.5);

        LabColor.SetLightness(levels, [.. golden.GetProperty("equalized").Longs().Select(level => (byte)level)]);
        AssertClose(golden.GetProperty("values").Longs(), [.. levels.Select(level => (byte)level)], most: 2, mean: 0.5);
    }

    [Fact]
    public void Clahe_equalises_the_lightness()
    {
        using var scope = TensorScope.Begin();
        var photo = Colors(Assert.Single(Cases("clahe-lab")));
        var lightness = new byte[photo.Count / 3];
        LabColor.Lightness(photo.ToArray<float>(), lightness);
        TileEqualizer.Equalize(lightness, 48, 40, 8, 2);
        var random = new SeededRandom(0UL, 0);

        var result = new byte[lightness.Length];
        LabColor.Lightness(new Clahe().Apply(photo, ref random).ToArray<float>(), result);

        // Some of the noise's colours do not exist in sRGB at their new lightness.
        Assert.InRange(lightness.Zip(result, (a, b) => Math.Abs(a - b)).Average(), 0, 1.5);
    }

    // OpenCV's result is whole numbers; this one is not rounded.
    [Fact]
    public void Blur_is_opencvs_but_for_its_rounding()
    {
        using var scope = TensorScope.Begin();
        foreach (var golden in Cases("blur"))
        {
            var result = GaussianBlur.Blur(Colors(golden), golden.GetProperty("kernel").GetInt32()).ToArray<float>();

            var expected = golden.GetProperty("values").Longs();
            Assert.Equal(expected.Length, result.Length);
            Assert.All(expected.Zip(result), pair => Assert.InRange(pair.Second - pair.First, -0.51f, 0.51f));
        }
    }

    [Fact]
    public void Clahe_leaves_gray_gray()
    {
        using var scope = TensorScope.Begin();
        var gray = Tensor.From(Array.ConvertAll(Picture("gray", 64, 64), level => (float)level), 1, 1, 64, 64)
            .Expand(1, 3, 64, 64);
        var random = new SeededRandom(0UL, 0);

        var result = new Clahe().Apply(gray, ref random);

        Assert.InRange((result.Narrow(1, 0, 1) - result.Narrow(1, 2, 1)).Abs().Max().ToDouble(), 0, 1);
    }

    [Fact]
    public void Noise_has_a_variance_within_its_bounds()
    {
        using var scope = TensorScope.Begin();
        var gray = Tensor.Full([1, 3, 100, 101], 128);
        var variances = new List<double>();
        for (var seed = 0UL; seed < 20; seed++)
        {
            var random = new SeededRandom(seed * 77, 0);
            var noise = new GaussianNoise().Apply(gray, ref random) - 128;
            Assert.InRange(noise.Mean().ToDouble(), -0.2, 0.2);
            variances.Add((noise * noise).Mean().ToDouble());
        }
        Assert.All(variances, variance => Assert.InRange(variance, 9.5, 52));
        Assert.True(variances.Max() - variances.Min() > 20);
    }

    private static void AssertClose(long[] expected, byte[] actual, int most, double mean)
    {
        var differences = expected.Zip(actual, (a, b) => Math.Abs(a - b)).ToList();
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(differences.Max(), 0, most);
        Assert.InRange(differences.Average(), 0, mean);
    }

    private static IEnumerable<JsonElement> Cases(string operation) =>
        GoldenFolder
            .Json("augmentation", "opencv.json")
            .GetProperty("cases")
            .EnumerateArray()
            .Where(golden => golden.GetProperty("op").GetString() == operation);

    private static (int Width, int Height) Size(JsonElement golden) =>
        (golden.GetProperty("width").GetInt32(), golden.GetProperty("height").GetInt32());

    private static Tensor Colors(JsonElement golden)
    {
        var ((width, height), name) = (Size(golden), golden.GetProperty("name").GetString());
        string[] channels = [$"{name}.red", $"{name}.green", $"{name}.blue"];
        return Tensor.From(
            [.. channels.SelectMany(channel => Picture(channel, width, height)).Select(level => (float)level)], 1, 3,
            height, width);
    }

    private static byte[] Picture(string name, int width, int height)
    {
        var hash = GoldenFormula.Hash(name);
        return [.. Enumerable.Range(0, width * height).Select(i =>
            (byte)Math.Floor(
                40 + (100 * ((double)(i % width) / width)) + (100 * GoldenFormula.Uniform(hash, (uint)i)
                    * ((double)(i / width) / height))))];
    }
}
