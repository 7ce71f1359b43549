using System.Numerics;
using Rhytid.Imaging;
using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Tests.Portraits;

public sealed class SurfaceLightTests
{
    private const int Side = 64;

    // A slope of 0.01 a pixel at a scale of 50 is one of 0.5.
    [Fact]
    public void A_slope_faces_against_its_rise()
    {
        var slope = Height((x, y) => (0.01f * x) - (0.02f * y));
        var expected = Vector3.Normalize(new Vector3(-0.5f, 1, 1));

        foreach (var (x, y) in new[] { (30, 30), (0, 0), (63, 63) })
            Assert.True(Vector3.Distance(expected, SurfaceLight.Normal(slope, x, y, 50)) < 1e-3f);
    }

    [Fact]
    public void A_hollow_sees_less_of_its_surroundings_than_level_skin()
    {
        var level = SurfaceLight.Openness(Height((_, _) => 0.3f), 100);
        var hollow = SurfaceLight.Openness(
            Height((x, y) => -0.3f * MathF.Exp(-(((x - 32) * (x - 32)) + ((y - 32) * (y - 32))) / 18f)), 100);

        foreach (var value in level.Samples)
            Assert.Equal(1, value, 1e-4f);
        Assert.True(hollow[32, 32] < 0.9f);
        Assert.True(hollow[32, 32] < hollow[32, 22] && hollow[2, 2] > 0.95f);
    }

    [Fact]
    public void A_wall_throws_its_shadow_away_from_the_lamp()
    {
        var wall = Height((x, _) => x is >= 30 and <= 34 ? 0.4f : 0);
        var lamp = Vector3.Normalize(new Vector3(-1, 0, 0.6f));

        var lit = SurfaceLight.Lit(wall, lamp, 100);

        Assert.True(lit[42, 32] < 0.4f);
        Assert.True(lit[14, 32] > 0.9f);
        var mirrored = SurfaceLight.Lit(wall, lamp with { X = 0.857f }, 100);
        Assert.True(mirrored[22, 32] < 0.4f && mirrored[50, 32] > 0.9f);
    }

    // The second moment of a point of light: the share that wanders times the square of how far it does.
    [Fact]
    public void Red_light_wanders_farthest_and_none_is_lost()
    {
        var light = Height((x, y) => x == 32 && y == 32 ? 1 : 0);
        double[] expected = [0.62 * 4.8 * 4.8, 0.5 * 2.2 * 2.2, 0.42 * 1.2 * 1.2];

        var scattered = SurfaceLight.Scatter([light, light, light], scale: 200);

        for (var channel = 0; channel < 3; channel++)
        {
            var (sum, moment) = (0.0, 0.0);
            for (var y = 0; y < Side; y++)
                for (var x = 0; x < Side; x++)
                {
                    sum += scattered[channel][x, y];
                    moment += (x - 32) * (x - 32) * scattered[channel][x, y];
                }
            Assert.Equal(1, sum, 1e-3);
            Assert.Equal(expected[channel], moment, 0.03 * expected[channel]);
        }
    }

    private static Plane<float> Height(Func<int, int, float> height)
    {
        var plane = new Plane<float>(Side, Side);
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
                plane[x, y] = height(x, y);
        return plane;
    }
}
