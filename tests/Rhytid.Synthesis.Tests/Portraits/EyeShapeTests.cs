using System.Numerics;
using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Tests.Portraits;

public sealed class EyeShapeTests
{
    private static readonly Person Somebody = new(new PortraitOptions { Seed = 9, Age = 30 });

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Face_and_eye_coordinates_belong_together(int side)
    {
        var eye = new EyeShape(Somebody, side);
        foreach (var (x, y) in new[] { (0f, 0f), (-1f, 0.02f), (1f, -0.03f), (0.4f, 0.1f) })
        {
            var face = eye.ToFace(x, y);
            Assert.True(Vector2.Distance(new(x, y), eye.ToLocal(face.X, face.Y)) < 1e-4f);
        }
        // The outer corner lies away from the nose and higher by the slant.
        Assert.Equal((0.5f + eye.HalfLength) * side, eye.ToFace(1, 0).X, 1e-5f);
        Assert.Equal(-Somebody.EyeSlant * eye.HalfLength, eye.ToFace(1, 0).Y, 1e-5f);
    }

    [Fact]
    public void Both_eyes_mirror_each_other()
    {
        var (left, right) = (new EyeShape(Somebody, -1), new EyeShape(Somebody, 1));
        for (var u = 0.2f; u < 0.8f; u += 0.1f)
            Assert.Equal(right.Inside(u, 0.01f), left.Inside(-u, 0.01f), 1e-5f);
        Assert.Equal(-left.IrisCenter.X, right.IrisCenter.X, 1e-6f);
    }

    [Fact]
    public void The_lids_meet_at_the_corners_and_part_between()
    {
        var eye = new EyeShape(Somebody, 1);

        foreach (var corner in new[] { -1f, 1f })
        {
            Assert.Equal(0, eye.UpperLid(corner), 1e-4f);
            Assert.Equal(0, eye.LowerLid(corner), 1e-4f);
        }
        for (var x = -0.9f; x < 0.95f; x += 0.1f)
            Assert.True(eye.UpperLid(x) < 0 && eye.LowerLid(x) > 0 && eye.Crease(x) < eye.UpperLid(x));
        // The upper lid's highest point lies inwards: 0.092 of size and opening.
        Assert.Equal(
            -0.092f * Somebody.EyeSize * Somebody.EyeOpening,
            Enumerable.Range(-99, 199).Min(i => eye.UpperLid(i / 99f)), 1e-4f);
    }

    [Fact]
    public void Depth_is_counted_from_the_nearer_lid()
    {
        var eye = new EyeShape(Somebody, 1);
        var middle = eye.ToFace(0, 0);

        Assert.Equal(MathF.Min(-eye.UpperLid(0), eye.LowerLid(0)), eye.Inside(middle.X, middle.Y), 1e-5f);
        Assert.True(eye.Inside(middle.X, middle.Y - 0.2f) < 0);
        Assert.True(eye.Inside(eye.ToFace(1.2f, 0).X, eye.ToFace(1.2f, 0).Y) < 0);
    }
}
