using System.Numerics;
using Rhytid.Imaging;
using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Tests.Portraits;

public sealed class CameraTests
{
    private const int Side = 64;

    // sRGB: 1.055 * 0.2^(1 / 2.4) - 0.055 = 0.4845. The middle has all of the light, a corner 1 - 0.22 / 2.
    [Fact]
    public void Even_light_is_coded_and_darker_in_the_corners()
    {
        var image = Camera.Develop(Canvas(new(0.2f, 0.2f, 0.2f)), Person(noise: 0));

        Assert.InRange(image.Row(32)[3 * 32], 123, 124);
        Assert.Equal(Math.Round(255 * ((1.055 * Math.Pow(0.2 * 0.894, 1 / 2.4)) - 0.055)), image.Row(0)[0], 1.0);
        Assert.Equal(image.Row(0)[0], image.Row(63)[(3 * 63) + 1]);
    }

    [Fact]
    public void Light_beyond_white_is_rolled_off()
    {
        var image = Camera.Develop(Canvas(new(50, 1, 0)), Person(noise: 0));

        Assert.Equal(255, image.Row(32)[3 * 32]);
        Assert.InRange(image.Row(32)[(3 * 32) + 1], 230, 250);
        Assert.Equal(0, image.Row(32)[(3 * 32) + 2]);
    }

    // Grain of 0.8 in common and 0.6 of each channel's own: a deviation of 1 together.
    [Fact]
    public void Grain_has_the_deviation_of_the_sensor()
    {
        var canvas = Canvas(new(0.2f, 0.2f, 0.2f));
        var (clean, noisy) = (Camera.Develop(canvas, Person(noise: 0)), Camera.Develop(canvas, Person(noise: 4)));

        var difference = clean.Samples.ToArray().Zip(noisy.Samples.ToArray(), (a, b) => (double)b - a).ToArray();

        Assert.Equal(0, difference.Average(), 0.25);
        Assert.InRange(Math.Sqrt(difference.Average(value => value * value)), 3.7, 4.3);
    }

    private static Person Person(float noise) => new(new PortraitOptions { Seed = 6, SensorNoise = noise });

    private static Canvas Canvas(Vector3 light)
    {
        var canvas = new Canvas(Side);
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
                canvas[x, y] = light;
        return canvas;
    }
}
