using System.Drawing;
using System.Numerics;
using Rhytid.Faces;
using Rhytid.Imaging;

namespace Rhytid.Tests.Faces;

public sealed class PhotoProjectionTests
{
    // A face of 20 pixels that covers 40 of the photo, from (30, 20) on.
    private static readonly Matrix3x2 Doubled = Matrix3x2.CreateScale(2) * Matrix3x2.CreateTranslation(30, 20);

    [Theory]
    [InlineData(100, 80, 30, 20, 40, 40)]
    [InlineData(50, 80, 30, 20, 20, 40)]
    [InlineData(10, 10, 9, 9, 1, 1)]
    public void The_region_is_the_faces_square_within_the_photo(
        int photoWidth, int photoHeight, int x, int y, int width, int height) => Assert.Equal(
        new Rectangle(x, y, width, height), new PhotoProjection(Face(Doubled), photoWidth, photoHeight).Region);

    [Fact]
    public void A_pixel_of_the_face_covers_its_four_of_the_photo()
    {
        var projection = new PhotoProjection(Face(Doubled), 100, 80);
        var onFace = new Plane<byte>(20, 20);
        onFace[3, 5] = 17;

        var labels = projection.Labels(onFace);

        Assert.Equal(4, labels.Samples.Count((byte)17));
        Assert.Equal((17, 17), (labels[6, 10], labels[7, 11]));
    }

    [Fact]
    public void A_block_goes_to_the_photo_and_back()
    {
        var projection = new PhotoProjection(Face(Doubled), 100, 80);
        var onFace = new Mask(20, 20);
        for (var y = 4; y < 9; y++)
            onFace.Row(y)[6..16].Fill(Mask.Set);

        var region = projection.Mask(onFace);
        var onPhoto = new Mask(100, 80);
        for (var y = 0; y < 40; y++)
            region.Row(y).CopyTo(onPhoto.Row(20 + y)[30..]);

        Assert.InRange(region.Count(), (20 * 10) - 8, 20 * 10);
        Assert.Equal(onFace.Samples.ToArray(), projection.ToFace(onPhoto).Samples.ToArray());
    }

    // A face that was enlarged eight times: a line of one pixel is an eighth of a photo's pixel wide.
    [Fact]
    public void A_thin_line_of_an_enlarged_face_keeps_its_share()
    {
        var face = new FaceImage(
            new Imaging.Image(160, 160), FaceLandmarks.FfhqMean, Matrix3x2.CreateScale(1 / 8f)
                * Matrix3x2.CreateTranslation(5, 5));
        var map = new Plane<float>(160, 160);
        for (var y = 0; y < 160; y++)
            map[83, y] = 1;

        var onPhoto = new PhotoProjection(face, 40, 40).Map(map);

        Assert.Equal((20, 20), (onPhoto.Width, onPhoto.Height));
        Assert.Equal(1 / 8f, onPhoto[10, 10], 1e-3f);
    }

    private static FaceImage Face(Matrix3x2 toPhoto) => new(new Imaging.Image(20, 20), FaceLandmarks.FfhqMean, toPhoto);
}
