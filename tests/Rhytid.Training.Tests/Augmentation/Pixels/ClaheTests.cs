using Rhytid.Torch;
using Rhytid.Training.Augmentation;
using static Rhytid.Training.Tests.Augmentation.PixelCases;

namespace Rhytid.Training.Tests.Augmentation.Pixels;

public sealed class ClaheTests
{
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
}
