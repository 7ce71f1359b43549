using System.Numerics;
using Rhytid.Faces;
using Rhytid.Imaging;
using Rhytid.Synthesis.Wrinkles;

namespace Rhytid.Synthesis.Tests.Wrinkles;

public sealed class MouthOnSkinTests
{
    private static readonly FaceLandmarks Guessed =
        FaceLandmarks.FfhqMean.Transform(Matrix3x2.CreateScale(512)) with { MouthEstimated = true };

    private static readonly FaceFrame Frame = FaceFrame.OfAligned(512);

    [Theory]
    [InlineData(-0.4f, 0.4f, 1.0f, 1.3f)]
    [InlineData(-0.2f, 0.5f, 0.95f, 1.2f)]
    public void The_mouth_is_the_hole_that_the_lips_leave(float left, float right, float top, float bottom)
    {
        var refined = MouthOnSkin.Refine(Guessed, SkinWithHole(left, right, top, bottom));

        var middle = (top + bottom) / 2;
        AssertAt(new(left, middle), Frame.ToFace(refined.LeftMouth));
        AssertAt(new(right, middle), Frame.ToFace(refined.RightMouth));
        Assert.Equal(Guessed.LeftEye, refined.LeftEye);
    }

    [Theory]
    [InlineData(-0.15f, 0.15f, 1.0f, 1.2f)]  // too narrow
    [InlineData(-0.55f, 0.55f, 1.0f, 1.2f)]  // too wide
    [InlineData(-0.3f, 0.3f, 0.85f, 1.45f)]  // too high
    [InlineData(0.15f, 0.58f, 1.0f, 1.2f)]   // too far aside
    [InlineData(-0.3f, 0.3f, 1.3f, 1.7f)]    // open below
    [InlineData(-0.9f, 0.3f, 1.0f, 1.2f)]    // open at the side
    public void Another_hole_is_no_mouth(float left, float right, float top, float bottom) =>
        Assert.Same(Guessed, MouthOnSkin.Refine(Guessed, SkinWithHole(left, right, top, bottom)));

    [Fact]
    public void A_mouth_that_was_found_stays()
    {
        var found = Guessed with { MouthEstimated = false };

        Assert.Same(found, MouthOnSkin.Refine(found, SkinWithHole(-0.4f, 0.4f, 1.0f, 1.3f)));
        Assert.Same(Guessed, MouthOnSkin.Refine(Guessed, Mask.Full(512, 512)));
    }

    private static Mask SkinWithHole(float left, float right, float top, float bottom)
    {
        var skin = Mask.Full(512, 512);
        for (var y = 0; y < 512; y++)
            for (var x = 0; x < 512; x++)
                if (Frame.ToFace(new(x + 0.5f, y + 0.5f)) is var at
                    && at.X >= left && at.X <= right && at.Y >= top && at.Y <= bottom)
                    skin[x, y] = false;
        return skin;
    }

    // The place is looked at in steps of 0.02.
    private static void AssertAt(Vector2 expected, Vector2 actual) =>
        Assert.True(Vector2.Distance(expected, actual) < 0.035f, $"{actual} instead of {expected}");
}
