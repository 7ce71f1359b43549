using System.Numerics;
using Rhytid.Imaging;
using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Tests.Portraits;

public sealed class StrokeTests
{
    private const int Size = 32;

    // Along row edges: a width of 4 covers two rows on either side, and half a pixel more at the rim is none.
    [Fact]
    public void A_stroke_covers_its_width()
    {
        var coverage = Paint([new(4, 10), new(24, 10)], width: 4, opacity: 1);

        for (var x = 5; x < 23; x++)
            Assert.Equal([0, 1, 1, 1, 1, 0], Enumerable.Range(7, 6).Select(y => coverage[x, y]));
        Assert.Equal(0, coverage[2, 10]);
        Assert.Equal(0, coverage[26, 10]);
    }

    [Fact]
    public void A_joint_is_not_painted_twice()
    {
        var coverage = Paint([new(4, 10), new(11.5f, 10), new(24, 10)], width: 4, opacity: 0.5f);

        for (var x = 5; x < 23; x++)
            Assert.Equal(0.5f, coverage[x, 10]);
    }

    // At half a pixel's width a hair has half the opacity, whatever its rows share.
    [Fact]
    public void A_hair_thinner_than_a_pixel_gets_fainter()
    {
        var thin = Paint([new(4, 10.5f), new(24, 10.5f)], width: 0.5f, opacity: 1);
        var full = Paint([new(4, 10.5f), new(24, 10.5f)], width: 1, opacity: 1);

        Assert.Equal(0.5f * 0.75f, thin[12, 10], 1e-5f);
        Assert.Equal(1, full[12, 10], 1e-5f);
        Assert.Equal(0, full[12, 12]);
    }

    [Fact]
    public void Width_and_colour_change_along_the_way()
    {
        var canvas = new Canvas(Size);
        var shares = new List<float>();
        Stroke.Paint(
            canvas, [new(2, 16), new(12, 16), new(22, 16)], share => share < 0.5f ? 4 : 2, share =>
            {
                shares.Add(share);
                return new Vector3(share, 0, 1);
            });

        Assert.Equal([0.25f, 0.75f], shares);
        Assert.Equal(new Vector3(0.25f, 0, 1), canvas[6, 17]);
        Assert.Equal(Vector3.Zero, canvas[18, 17]);
        Assert.Equal(new Vector3(0.75f, 0, 1), canvas[18, 16]);
    }

    [Fact]
    public void Colours_are_laid_over_each_other_by_their_opacity()
    {
        var canvas = new Canvas(4);

        canvas.Over(1, 2, new(1, 0.5f, 0), 0.5f);
        canvas.Over(1, 2, new(0, 0, 1), 0.2f);

        Assert.True(Vector3.Distance(new(0.4f, 0.2f, 0.2f), canvas[1, 2]) < 1e-6f);
        Assert.Equal(Vector3.Zero, canvas[2, 1]);
    }

    private static Plane<float> Paint(Vector2[] points, float width, float opacity)
    {
        var coverage = new Plane<float>(Size, Size);
        Stroke.Paint(new Canvas(Size), points, _ => width, _ => Vector3.One, opacity, coverage);
        return coverage;
    }
}
