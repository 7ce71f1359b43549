using System.Numerics;
using Rhytid.Faces;
using Rhytid.Imaging;
using Rhytid.Segmentation;

namespace Rhytid.Tests.Faces;

public class FaceAlignmentTests
{
    [Fact]
    public void Square_has_the_golden_corners()
    {
        // Computed by hand from the data set's published procedure.
        var alignment =
            FaceAlignment.FromLandmarks(new FaceLandmarks(new(100, 100), new(200, 100), new(115, 200), new(185, 200)));

        Assert.Equal([new(-50, -90), new(-50, 310), new(350, 310), new(350, -90)], alignment.Corners);
        Assert.Equal(400, alignment.SidePixels);
    }

    [Theory]
    [InlineData(0, 1f)]
    [InlineData(17, 0.4f)]
    [InlineData(-25, 2.3f)]
    public void Eyes_of_the_cut_face_lie_level_and_where_they_should(float degrees, float scale)
    {
        var place = Matrix3x2.CreateRotation(float.DegreesToRadians(degrees)) * Matrix3x2.CreateScale(scale)
            * Matrix3x2.CreateTranslation(600, 500);
        var landmarks = new FaceLandmarks(new(-50, 0), new(50, 0), new(-35, 100), new(35, 100)).Transform(place);

        var face = FaceAlignment.Cut(new Image(1200, 1000), landmarks, 512);

        Assert.Equal(0, face.Landmarks.TiltDegrees, 2);
        Assert.Equal(512 * 0.25f, face.Landmarks.EyeDistancePixels, 2);
        Assert.Equal(256, face.Landmarks.EyeCenter.X, 2);
    }

    [Theory]
    [InlineData(0, 1.0f)]
    [InlineData(12, 0.5f)]
    [InlineData(-20, 2.0f)]
    [InlineData(5, 3.1f)]
    public void A_drawn_grid_returns_within_a_pixel(float degrees, float scale)
    {
        var place = Matrix3x2.CreateRotation(float.DegreesToRadians(degrees)) * Matrix3x2.CreateScale(scale)
            * Matrix3x2.CreateTranslation(700, 600);
        var landmarks = new FaceLandmarks(new(-100, -30), new(100, -30), new(-70, 170), new(70, 170)).Transform(place);
        var photo = new Image(1400, 1300);
        var face = FaceAlignment.Cut(photo, landmarks);
        var projection = new PhotoProjection(face, photo.Width, photo.Height);
        var blob = Math.Max(3, (int)MathF.Round(5 / scale));

        for (var gy = 150; gy < 1000; gy += 170)
        {
            for (var gx = 150; gx < 1000; gx += 170)
            {
                var onFace = new Plane<float>(face.Width, face.Height);
                for (var y = gy - blob; y <= gy + blob; y++)
                    for (var x = gx - blob; x <= gx + blob; x++)
                        onFace[x, y] = 1;
                var expected = Vector2.Transform(new Vector2(gx + 0.5f, gy + 0.5f), face.FaceToPhoto);
                if (expected.X is < 20 or > 1380 || expected.Y is < 20 or > 1280)
                    continue;

                var found = Centroid(projection.Map(onFace)) + new Vector2(projection.Region.X, projection.Region.Y);

                Assert.True(Vector2.Distance(expected, found) < 1, $"({gx}, {gy}): expected {expected}, found {found}");
            }
        }
    }

    [Fact]
    public void The_cut_face_shows_the_photo_where_the_transform_says()
    {
        // A bright dot in the photo must appear where the inverse transform puts it.
        var landmarks = new FaceLandmarks(new(420, 400), new(560, 430), new(430, 560), new(530, 580));
        var photo = new Image(1000, 1000);
        photo.DrawEllipse(new(500, 520), new(4, 4), 0, new Rgb(255, 255, 255), thickness: -1);
        var face = FaceAlignment.Cut(photo, landmarks);
        Matrix3x2.Invert(face.FaceToPhoto, out var photoToFace);

        var found = Centroid(face.Gray.ToFloat());

        Assert.True(Vector2.Distance(Vector2.Transform(new Vector2(500.5f, 520.5f), photoToFace), found) < 1);
    }

    [Fact]
    public void Outside_the_photo_the_face_is_mirrored_not_black()
    {
        var photo = new Image(200, 200);
        photo.Samples.Fill(90);

        var face = FaceAlignment.Cut(photo, new FaceLandmarks(new(5, 5), new(60, 5), new(10, 50), new(50, 50)), 256);

        Assert.False(face.Image.Samples.ContainsAnyExcept((byte)90));
    }

    private static Vector2 Centroid(Plane<float> plane)
    {
        var (sum, weight) = (Vector2.Zero, 0f);
        for (var y = 0; y < plane.Height; y++)
        {
            for (var x = 0; x < plane.Width; x++)
            {
                sum += plane[x, y] * new Vector2(x + 0.5f, y + 0.5f);
                weight += plane[x, y];
            }
        }
        return sum / weight;
    }
}
