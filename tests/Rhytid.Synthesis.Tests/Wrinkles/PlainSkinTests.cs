using Rhytid.Imaging;
using Rhytid.Synthesis.Wrinkles;

namespace Rhytid.Synthesis.Tests.Wrinkles;

public sealed class PlainSkinTests
{
    private const int Side = 160;
    private const float Scale = 100;

    [Fact]
    public void Hair_and_deep_shade_are_taken_out_of_the_skin()
    {
        var gray = Skin();
        // Strands of a fringe, and hair that is dark and smooth.
        for (var y = 20; y < 60; y++)
            for (var x = 20; x < 60; x++)
                gray[x, y] += x / 2 % 2 == 0 ? 40 : -40;
        for (var y = 100; y < 150; y++)
            for (var x = 100; x < 150; x++)
                gray[x, y] *= 0.3f;

        var plain = PlainSkin.Find(Mask.Full(Side, Side), gray, Scale);

        Assert.False(plain[40, 40]);
        Assert.False(plain[125, 125]);
        Assert.True(plain[120, 30] && plain[30, 130]);
    }

    // A third of the light is less than 0.42 of the median, half of it is more.
    [Theory]
    [InlineData(0.33f, false)]
    [InlineData(0.5f, true)]
    public void A_usual_shade_is_skin(float share, bool isSkin)
    {
        var gray = Skin();
        for (var y = 90; y < 160; y++)
            for (var x = 90; x < 160; x++)
                gray[x, y] *= share;

        Assert.Equal(isSkin, PlainSkin.Find(Mask.Full(Side, Side), gray, Scale)[130, 130]);
    }

    [Fact]
    public void Nothing_outside_the_skin_is_plain_skin()
    {
        var skin = Mask.Full(Side, Side);
        skin[80, 80] = false;
        Assert.False(PlainSkin.Find(skin, Skin(), Scale)[80, 80]);

        var nothing = new Mask(Side, Side);
        Assert.Same(nothing, PlainSkin.Find(nothing, Skin(), Scale));
    }

    private static Plane<float> Skin()
    {
        var (gray, random) = (new Plane<float>(Side, Side), new Random(2));
        foreach (ref var level in gray.Samples)
            level = 150 + (6 * random.NextSingle());
        return gray;
    }
}
