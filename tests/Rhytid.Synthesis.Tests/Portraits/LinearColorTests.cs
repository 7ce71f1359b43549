using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Tests.Portraits;

public sealed class LinearColorTests
{
    [Fact]
    public void Light_and_codes_are_those_of_srgb()
    {
        var light = LinearColor.FromSrgb(0xFF8000);

        Assert.Equal(1, light.X, 1e-6f);
        Assert.Equal(0.2158605f, light.Y, 1e-5f);
        Assert.Equal(0, light.Z);
        for (var code = 0f; code <= 1; code += 0.01f)
            Assert.Equal(code, LinearColor.ToSrgbCode(LinearColor.FromSrgbCode(code)), 1e-5f);
    }

    [Fact]
    public void Highlights_roll_off_and_never_clip()
    {
        Assert.Equal(LinearColor.ToSrgbCode(0.5f), LinearColor.Develop(0.5f));
        Assert.InRange(LinearColor.Develop(1), LinearColor.Develop(0.9f), 0.999f);
        Assert.InRange(LinearColor.Develop(3), LinearColor.Develop(1), 1);
        Assert.Equal(0, LinearColor.ToSrgbCode(-1));
    }
}
