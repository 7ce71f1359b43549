using System.Numerics;
using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Tests.Portraits;

public sealed class HeadFrameTests
{
    private const int Size = 512;

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(-35)]
    public void The_face_goes_to_the_picture_and_back(float tilt)
    {
        var frame = new HeadFrame(Person(tilt), Size);
        for (var u = -1f; u <= 1; u += 0.5f)
            for (var v = -1.5f; v <= 1.8f; v += 0.55f)
            {
                var point = new Vector2(u, v);
                AssertAt(point, frame.ToFace(frame.ToPixel(point)), 1e-3f);
                AssertAt(point, frame.ToUpright(frame.UprightToPixel(point)), 1e-4f);
            }
    }

    // Turned clockwise by 90 degrees, the face's right is below its middle.
    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(90, 0, 1)]
    [InlineData(30, 0.8660254f, 0.5f)]
    public void A_tilt_turns_the_line_through_the_eyes(float tilt, float x, float y)
    {
        var person = Person(tilt);
        var frame = new HeadFrame(person, Size);
        var origin = person.EyeMiddle * Size;

        Assert.Equal(0.18f * Size, frame.Scale, 1e-3f);
        AssertAt(new(1, 0), frame.ToUpright(origin + (frame.Scale * new Vector2(x, y))), 1e-4f);
    }

    // The neck's top lies 1.5 eye distances below the eyes of the head, tilted or not.
    [Theory]
    [InlineData(0)]
    [InlineData(25)]
    public void The_body_stays_upright_below_the_tilted_head(float tilt)
    {
        var frame = new HeadFrame(Person(tilt), Size);
        var neck = frame.UprightToPixel(new Vector2(0, 1.5f));

        AssertAt(new(0, 1.5f), frame.ToBody(neck), 1e-4f);
        AssertAt(new(1, 1.5f), frame.ToBody(neck + new Vector2(frame.Scale, 0)), 1e-4f);
    }

    private static Person Person(float tilt) =>
        new(new PortraitOptions { Seed = 4, TiltDegrees = tilt, EyeDistance = 0.18f });

    private static void AssertAt(Vector2 expected, Vector2 actual, float most) =>
        Assert.True(Vector2.Distance(expected, actual) < most, $"{actual} instead of {expected}");
}
