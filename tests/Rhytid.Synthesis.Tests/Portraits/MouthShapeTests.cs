using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Tests.Portraits;

public sealed class MouthShapeTests
{
    private static readonly Person Somebody = new(new PortraitOptions { Seed = 9, Age = 30 });

    private static readonly MouthShape Mouth = new(Somebody);

    [Fact]
    public void The_lips_meet_at_the_corners_and_are_the_same_on_both_sides()
    {
        Assert.Equal(Mouth.Line(1), Mouth.Top(1), 1e-5f);
        Assert.Equal(Mouth.Line(1), Mouth.Bottom(1), 1e-5f);
        Assert.Equal(-Mouth.HalfWidth, Mouth.Corner(-1).X);
        for (var x = 0f; x < 1; x += 0.1f)
        {
            Assert.Equal((Mouth.Top(x), Mouth.Line(x), Mouth.Bottom(x)),
                (Mouth.Top(-x), Mouth.Line(-x), Mouth.Bottom(-x)));
            Assert.True(Mouth.Top(x) < Mouth.Line(x) && Mouth.Line(x) < Mouth.Bottom(x));
        }
    }

    // The bow dips by 24 % of the upper lip's height in the middle.
    [Fact]
    public void The_upper_lip_has_a_bow_and_the_lower_one_is_fuller()
    {
        var (upper, lower) = (Mouth.Line(0) - Mouth.Top(0), Mouth.Bottom(0) - Mouth.Line(0));

        Assert.Equal(0.106f * Somebody.LipFullness * 0.76f, upper, 1e-5f);
        Assert.Equal(0.150f * Somebody.LipFullness, lower, 1e-5f);
        Assert.Equal(0.106f * Somebody.LipFullness, Mouth.Line(0.27f) - Mouth.Top(0.27f), 1e-4f);
    }

    [Fact]
    public void A_point_lies_in_the_lips_between_their_edges()
    {
        var v = Mouth.Line(0);

        Assert.Equal(MathF.Min(v - Mouth.Top(0), Mouth.Bottom(0) - v), Mouth.Inside(0, v), 1e-6f);
        Assert.True(Mouth.Inside(0, Mouth.Bottom(0) + 0.01f) < 0);
        Assert.True(Mouth.Inside(0, Mouth.Top(0) - 0.01f) < 0);
        Assert.Equal(-1, Mouth.Inside(1.01f * Mouth.HalfWidth, v));
    }
}
