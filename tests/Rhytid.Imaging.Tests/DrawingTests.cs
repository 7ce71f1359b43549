namespace Rhytid.Imaging.Tests;

public sealed class DrawingTests
{
    [Fact]
    public void A_polygon_holds_its_edges_and_can_be_taken_away()
    {
        var mask = new Mask(10, 8);

        mask.FillPolygon([new(2, 1), new(6, 1), new(6, 4), new(2, 4)]);
        Assert.Equal(5 * 4, mask.Count());
        Assert.True(mask[2, 1] && mask[6, 4] && !mask[7, 4] && !mask[6, 5]);
        mask.FillPolygon([new(3, 1), new(6, 1), new(6, 4), new(3, 4)], value: false);
        Assert.Equal(4, mask.Count());
    }

    [Fact]
    public void A_filled_ellipse_has_the_area_of_its_radii_and_turns()
    {
        var (upright, turned) = (new Mask(80, 80), new Mask(80, 80));

        upright.FillEllipse(new(40, 40), new(30, 12));
        turned.FillEllipse(new(40, 40), new(30, 12), angleDegrees: 90);

        Assert.InRange(upright.Count(), Math.PI * 30 * 12, Math.PI * 31 * 13);
        Assert.True(upright[68, 40] && !upright[40, 68]);
        Assert.True(turned[40, 68] && !turned[68, 40]);
    }

    [Fact]
    public void A_line_between_two_rows_is_shared_by_both()
    {
        var image = new Image(16, 10);

        image.DrawLine([new(2, 4.5f), new(13, 4.5f)], new Rgb(200, 0, 100));

        Assert.InRange(image.Row(4)[3 * 8], 50, 199);
        Assert.InRange(image.Row(4)[3 * 8] - image.Row(5)[3 * 8], -8, 8);
        Assert.Equal(0, image.Row(4)[(3 * 8) + 1]);
        Assert.Equal(0, image.Row(7)[3 * 8]);
    }

    [Fact]
    public void A_closed_line_comes_back_to_its_start()
    {
        var (open, closed) = (new Mask(12, 12), new Mask(12, 12));
        System.Numerics.Vector2[] corners = [new(2, 2), new(9, 2), new(9, 9), new(2, 9)];

        open.DrawLine(corners);
        closed.DrawLine(corners, closed: true);

        Assert.False(open[2, 5]);
        Assert.True(closed[2, 5]);
        Assert.Equal(4 * 7, closed.Count());
    }

    [Fact]
    public void The_hull_leaves_out_what_lies_inside()
    {
        var hull = Drawing.ConvexHull([new(0, 0), new(4, 1), new(8, 0), new(7, 3), new(8, 6), new(0, 6), new(3, 3)]);

        Assert.Equal(
            [new(0, 0), new(0, 6), new(8, 0), new(8, 6)], hull.OrderBy(corner => corner.X).ThenBy(corner => corner.Y));
    }

    [Fact]
    public void Points_outside_all_measure_throw()
    {
        var mask = new Mask(8, 8);
        Assert.Throws<ImageException>(() => mask.FillPolygon([new(float.NaN, 0), new(1, 1), new(2, 2)]));
        Assert.Throws<ImageException>(() => mask.DrawLine([new(0, 0), new(1e9f, 0)]));
        Assert.Throws<ImageException>(() => mask.FillPolygon([]));
        Assert.Throws<ImageException>(() => mask.FillEllipse(new(1, 1), new(-1, 2)));
        Assert.Throws<ImageException>(() => Drawing.ConvexHull([]));
    }
}
