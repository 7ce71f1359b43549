using System.Globalization;
using Rhytid.Imaging;
using Rhytid.Training.Datasets.Preparation;

namespace Rhytid.Training.Tests.Datasets.Preparation;

public class AdaptiveThresholdTests
{
    // Made once by OpenCV 4.6: adaptiveThreshold(image, 255, ADAPTIVE_THRESH_GAUSSIAN_C, THRESH_BINARY_INV, 11, 1); a
    // row of 24 pixels is one hexadecimal number.
    private static readonly string[] SawtoothByOpenCv =
    [
        "ffffff",
            "ff1fe2", "e39c72", "cc9990", "d25240", "d55280", "aa9500", "a49401", "933003", "8c001f", "80003f",
            "fe007f", "e003fe", "c007f8", "803fd0", "00ff00",
        ];

    // Levels within 7 of each other: here the rounding of the mean decides.
    private static readonly string[] RippleByOpenCv =
    [
        "dbb76e",
            "3870e1", "489122", "70e1c3", "0e1c38", "122448", "9c3872", "dbb76e", "3870e1", "489122", "70e1c3",
            "0e1c38", "122448", "1c3872", "dbb76e", "3870e1",
        ];

    [Fact]
    public void Gaussian_is_OpenCvs()
    {
        Assert.Equal(
            SawtoothByOpenCv, Rows(AdaptiveThreshold.Gaussian(Formula((x, y) => (7 * x) + (13 * y) + (x * y % 11)))));
        Assert.Equal(
            RippleByOpenCv,
            Rows(AdaptiveThreshold.Gaussian(Formula((x, y) => 120 + (((x * x) + (3 * y * y) + (x * y)) % 7)))));
    }

    [Theory]
    [InlineData(null, 15)]
    [InlineData(5, 15)]
    [InlineData(8, 3)]
    [InlineData(100, 40)]
    public void Bradley_is_the_mean_of_the_window_counted_pixel_by_pixel(int? window, int percent)
    {
        var levels = new Plane<byte>(37, 23);
        var random = new Random(3);
        foreach (ref var sample in levels.Samples)
            sample = (byte)random.Next(256);

        var mask = AdaptiveThreshold.Bradley(levels, window, percent);

        var half = (window ?? levels.Width / 8) / 2;
        for (var y = 0; y < levels.Height; y++)
            for (var x = 0; x < levels.Width; x++)
            {
                var (sum, count) = (0, 0);
                for (var v = Math.Max(0, y - half); v <= Math.Min(levels.Height - 1, y + half); v++)
                    for (var u = Math.Max(0, x - half); u <= Math.Min(levels.Width - 1, x + half); u++)
                        (sum, count) = (sum + levels[u, v], count + 1);
                Assert.Equal(levels[x, y] * count * 100 <= sum * (100 - percent), mask[x, y]);
            }
    }

    [Fact]
    public void A_flat_picture_has_nothing_dark()
    {
        var flat = Formula((_, _) => 90);

        Assert.Equal(0, AdaptiveThreshold.Gaussian(flat).Count());
        Assert.Equal(0, AdaptiveThreshold.Bradley(flat).Count());
    }

    private static Plane<byte> Formula(Func<int, int, int> level)
    {
        var plane = new Plane<byte>(24, 16);
        for (var y = 0; y < plane.Height; y++)
            for (var x = 0; x < plane.Width; x++)
                plane[x, y] = (byte)(level(x, y) % 256);
        return plane;
    }

    private static IEnumerable<string> Rows(Mask mask) => Enumerable.Range(0, mask.Height)
        .Select(
            y => Enumerable.Range(0, mask.Width)
                .Aggregate(0, (bits, x) => (bits << 1) | (mask[x, y] ? 1 : 0))
                .ToString("x6", CultureInfo.InvariantCulture));
}
