using System.Numerics;
using Rhytid.Imaging;
using Rhytid.Synthesis.Portraits;
using Rhytid.Synthesis.Wrinkles;

namespace Rhytid.Synthesis.Tests.Wrinkles;

public sealed class HeadTurnTests
{
    private static readonly FaceWindow Window = FaceWindow.Create(FaceFrame.OfAligned(512), 512, 512);

    [Theory]
    [InlineData(-0.9f, 0.9f, 0)]
    [InlineData(-0.7f, 1.1f, 0.2f)]
    [InlineData(-1.2f, 0.8f, -0.2f)]
    public void The_turn_is_where_the_middle_of_the_cheeks_lies(float from, float to, float middle) =>
        Assert.Equal(middle, HeadTurn.Estimate(Skin(from, to), Window).Middle, 0.02f);

    [Fact]
    public void Skin_too_narrow_for_a_face_says_nothing() =>
        Assert.Equal(0, HeadTurn.Estimate(Skin(0.1f, 1), Window).Middle);

    [Theory]
    [InlineData(0.19f, WrinkleRegion.Nasolabial, 1, true)]
    [InlineData(0.21f, WrinkleRegion.Nasolabial, 1, false)]
    [InlineData(-0.21f, WrinkleRegion.Perioral, 1, false)]
    [InlineData(0.3f, WrinkleRegion.Forehead, 1, true)]
    [InlineData(0.3f, WrinkleRegion.CrowsFeet, 1, true)]
    [InlineData(0.3f, WrinkleRegion.CrowsFeet, -1, false)]
    [InlineData(-0.3f, WrinkleRegion.UnderEye, -1, true)]
    public void A_turned_head_shows_the_near_eye_and_no_fold(
        float middle, WrinkleRegion region, int side, bool shows) =>
        Assert.Equal(
            shows, new HeadTurn(middle).Shows(new WrinkleLine(region, [new(0.5f * side, 0)], 0.1f, 1, 0, 0)));

    // Of z = 1.15 sqrt(1 - t^2) at t = 0.5, u = 1.2 t: the slope is -1.15 t / (1.2 sqrt(1 - t^2)).
    [Fact]
    public void Half_an_egg_faces_the_camera_in_its_middle_and_away_at_its_sides()
    {
        Assert.Equal(0, HeadShape.Slope(new(0, 0.3f), Vector2.UnitX).Length(), 1e-6f);
        var aside = HeadShape.Slope(new(0.6f, 0.3f), Vector2.UnitX);
        Assert.Equal(-1.15f * 0.5f / (1.2f * MathF.Sqrt(0.75f)), aside.X, 1e-5f);
        Assert.Equal(0, aside.Y, 1e-6f);
        Assert.Equal(1.2f, HeadShape.Slope(new(5, 0.3f), Vector2.UnitX).Length(), 1e-5f);
        // On a face that lies on its side, what falls to its right falls down.
        Assert.Equal(aside.X, HeadShape.Slope(new(0.6f, 0.3f), Vector2.UnitY).Y, 1e-5f);
        Assert.True(HeadShape.Normal(aside).X > 0);
    }

    private static Mask Skin(float from, float to)
    {
        var skin = new Mask(Window.Bounds.Width, Window.Bounds.Height);
        for (var y = 0; y < skin.Height; y++)
            for (var x = 0; x < skin.Width; x++)
                skin[x, y] = Window.ToFace(x, y).X is var u && u >= from && u <= to;
        return skin;
    }
}
