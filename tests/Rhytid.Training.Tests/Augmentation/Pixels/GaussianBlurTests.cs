using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Training.Augmentation;
using static Rhytid.Training.Tests.Augmentation.PixelCases;

namespace Rhytid.Training.Tests.Augmentation.Pixels;

public sealed class GaussianBlurTests
{
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
}
