using System.Numerics;
using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Tests.Portraits;

public sealed class HeadGeometryTests
{
    private static readonly HeadGeometry Head = new(new Person(new PortraitOptions { Seed = 8, Age = 40 }));

    [Fact]
    public void The_outline_has_a_share_of_1_and_its_middle_of_0()
    {
        for (var angle = -3f; angle <= 3; angle += 0.25f)
        {
            foreach (var rho in new[] { 0.3f, 1, 1.4f })
            {
                var point = Head.Point(angle, rho);
                Assert.Equal(rho, Head.Rho(point.X, point.Y), 1e-4f);
                Assert.Equal(MathF.Abs(angle), HeadGeometry.Angle(point.X, point.Y), 1e-4f);
            }
        }
        Assert.Equal(0, Head.Rho(HeadGeometry.Middle.X, HeadGeometry.Middle.Y));
    }

    [Fact]
    public void Both_sides_are_the_same()
    {
        var (left, right) = (Head.Point(-1.2f, 0.8f), Head.Point(1.2f, 0.8f));

        Assert.True(left.X < 0);
        Assert.Equal(-left.X, right.X, 1e-5f);
        Assert.Equal(left.Y, right.Y, 1e-5f);
    }

    // Vertex, temple at the eyes' height and chin, in eye distances.
    [Fact]
    public void A_head_is_higher_than_wide()
    {
        Assert.Equal(1.88f, Head.OutlineAt(0), 0.03f);
        Assert.InRange(Head.OutlineAt(MathF.PI / 2), 0.95f, 1.3f);
        Assert.InRange(Head.OutlineAt(MathF.PI), 1.5f, 2);
    }

    // Points of a circle of radius 2 around the middle.
    [Fact]
    public void A_circle_has_its_radius_at_every_angle()
    {
        Vector2[] circle =
        [
            .. Enumerable.Range(0, 13).Select(i => MathF.SinCos(MathF.PI * i / 12)).Select(
                at => HeadGeometry.Middle + (2 * new Vector2(at.Sin, -at.Cos))),
        ];

        var table = HeadGeometry.Table(circle);

        for (var angle = 0f; angle <= MathF.PI; angle += 0.05f)
            Assert.Equal(2, HeadGeometry.Lookup(table, angle), 0.01f);
    }

    [Fact]
    public void Between_two_angles_the_radius_is_linear()
    {
        var table = new float[721];
        (table[180], table[181]) = (4, 8);

        Assert.Equal(4, HeadGeometry.Lookup(table, MathF.PI / 4), 1e-3f);
        Assert.Equal(5, HeadGeometry.Lookup(table, MathF.PI * 180.25f / 720), 1e-2f);
        Assert.Equal(0, HeadGeometry.Lookup(table, 4));
    }
}
