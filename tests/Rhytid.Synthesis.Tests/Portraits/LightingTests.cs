using System.Numerics;
using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Tests.Portraits;

public sealed class LightingTests
{
    [Theory]
    [InlineData(30)]
    [InlineData(-40)]
    public void The_key_light_stands_where_it_was_put_and_the_fill_across(float degrees)
    {
        var person = new Person(new PortraitOptions { Seed = 3, LightDegrees = degrees });
        var light = new Lighting(person);

        Assert.Equal(1, light.Key.Length(), 1e-5f);
        Assert.Equal(degrees, float.RadiansToDegrees(MathF.Atan2(light.Key.X, light.Key.Z)), 1e-3f);
        Assert.Equal(person.LightHeight, float.RadiansToDegrees(MathF.Asin(-light.Key.Y)), 1e-3f);
        Assert.Equal(-MathF.Sign(degrees), MathF.Sign(light.Fill.X));
    }

    [Fact]
    public void A_surface_that_faces_the_lamp_gets_the_most_light()
    {
        var light = Light();
        var facing = light.On(light.Key, lit: 1, open: 1);

        foreach (var normal in new[] { Vector3.UnitZ, Vector3.UnitX, -Vector3.UnitX, Vector3.UnitY, light.Fill })
            Assert.True(light.On(normal, 1, 1).X < facing.X);
        Assert.True(light.On(light.Key, 0, 1).X < 0.5f * facing.X);
        Assert.Equal(Vector3.Zero, light.On(light.Key, lit: 0, open: 0));
    }

    // Upwards all of the light around, downwards 0.55 of it; both see neither lamp from the side away from them.
    [Fact]
    public void The_floor_is_darker_than_the_sky()
    {
        var light = Light();
        var (above, below) = (light.On(-Vector3.UnitY, 0, 1), light.On(Vector3.UnitY, 0, 1));
        var fill = MathF.Max(0, Vector3.Dot(-Vector3.UnitY, light.Fill));

        Assert.Equal(0.93f * 0.25f * 0.55f * light.Exposure, below.X, 1e-5f);
        Assert.Equal(0.93f * ((0.13f * fill) + 0.25f) * light.Exposure, above.X, 1e-5f);
    }

    [Fact]
    public void Gloss_is_full_halfway_between_lamp_and_camera_and_falls_off_faster_the_sharper_it_is()
    {
        var light = Light();

        Assert.True(Vector3.Distance(Vector3.Normalize(light.Key + Vector3.UnitZ), light.Half) < 1e-6f);
        Assert.Equal(1, light.Gloss(light.Half, 40), 1e-4f);
        Assert.Equal(MathF.Pow(light.Half.Z, 8), light.Gloss(Vector3.UnitZ, 8), 1e-5f);
        Assert.True(light.Gloss(Vector3.UnitZ, 20) < light.Gloss(Vector3.UnitZ, 5));
        Assert.Equal(0, light.Gloss(-light.Half, 5));
    }

    private static Lighting Light() => new(new Person(new PortraitOptions { Seed = 3, LightDegrees = 30 }));
}
