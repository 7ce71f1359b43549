using System.Numerics;
using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Tests.Portraits;

public sealed class CurvesTests
{
    [Theory]
    [InlineData(0, 1, -1, 0)]
    [InlineData(0, 1, 0.5, 0.5)]
    [InlineData(0, 1, 0.25, 0.15625)]
    [InlineData(0, 1, 2, 1)]
    [InlineData(1, 0, 2, 0)]
    public void A_step_is_smooth_between_its_bounds(float from, float to, float x, float expected) =>
        Assert.Equal(expected, Curves.Step(from, to, x), 1e-6f);

    [Fact]
    public void Hills_and_ridges_are_gaussian_and_end()
    {
        Assert.Equal(MathF.Exp(-1.25f), Curves.Hill(1, 1, 1, 2), 1e-6f);
        Assert.Equal(0, Curves.Hill(3.1f, 0, 1, 1));
        Assert.Equal(MathF.Exp(-4), Curves.Ridge(-2, 1), 1e-6f);
        Assert.Equal(0, Curves.Ridge(3.1f, 1));
        Assert.Equal(Curves.Hills(0.3f, 0.1f, 0.5f, 0, 0.2f, 0.2f), Curves.Hills(-0.3f, 0.1f, 0.5f, 0, 0.2f, 0.2f));
    }

    [Fact]
    public void A_spline_goes_through_its_points()
    {
        Vector2[] points = [new(0, 0), new(1, 2), new(3, 1)];

        var line = Curves.Spline(points, steps: 4);

        Assert.Equal(9, line.Length);
        Assert.Equal((points[0], points[1], points[2]), (line[0], line[4], line[8]));
        Assert.Equal(1.5f, Curves.Mix(1, 2, 0.5f));
    }
}
