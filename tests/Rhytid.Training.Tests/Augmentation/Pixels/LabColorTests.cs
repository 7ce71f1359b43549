using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Training.Augmentation;
using static Rhytid.Training.Tests.Augmentation.PixelCases;

namespace Rhytid.Training.Tests.Augmentation.Pixels;

public sealed class LabColorTests
{
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

    private static void AssertClose(long[] expected, byte[] actual, int most, double mean)
    {
        var differences = expected.Zip(actual, (a, b) => Math.Abs(a - b)).ToList();
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(differences.Max(), 0, most);
        Assert.InRange(differences.Average(), 0, mean);
    }
}
