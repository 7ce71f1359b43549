using System.Numerics;
using Rhytid.Faces.Detection;

namespace Rhytid.Tests.Faces.Detection;

public sealed class PhotoViewTests
{
    [Theory]
    [InlineData(0, 400)]
    [InlineData(90, 400)]
    [InlineData(180, 400)]
    [InlineData(45, 494.97)]
    [InlineData(30, 496.41)]
    public void A_whole_photo_fits_into_its_square_at_any_turn(float degrees, double side)
    {
        // At 45 degrees (400 + 300) / sqrt(2), at 30 degrees 400 cos + 300 sin.
        var view = PhotoView.Whole(400, 300, degrees);

        Assert.Equal(side, view.SidePixels, 0.01);
        Assert.Equal(new Vector2(200, 150), view.Center);
        Matrix3x2.Invert(view.ToPhoto(100), out var toView);
        foreach (var corner in new Vector2[] { new(0, 0), new(400, 0), new(0, 300), new(400, 300) })
        {
            var seen = Vector2.Transform(corner, toView);
            Assert.InRange(seen.X, -0.01f, 100.01f);
            Assert.InRange(seen.Y, -0.01f, 100.01f);
        }
    }

    [Fact]
    public void The_upper_edge_falls_by_the_turn()
    {
        var toPhoto = new PhotoView(new(50, 60), 40, 30).ToPhoto(80);

        var edge = Vector2.Transform(new(80, 0), toPhoto) - Vector2.Transform(Vector2.Zero, toPhoto);

        Assert.Equal(40 * 0.8660254f, edge.X, 1e-3f);
        Assert.Equal(20, edge.Y, 1e-3f);
        Assert.True(Vector2.Distance(new(50, 60), Vector2.Transform(new(40, 40), toPhoto)) < 1e-3f);
        Assert.Equal(0.25f, toPhoto.GetDeterminant(), 1e-4f);
    }
}
