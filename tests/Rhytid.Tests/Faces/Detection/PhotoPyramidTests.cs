using Rhytid.Faces.Detection;
using Rhytid.Imaging;

namespace Rhytid.Tests.Faces.Detection;

public sealed class PhotoPyramidTests
{
    [Fact]
    public void A_view_of_the_photos_own_size_is_the_photo()
    {
        var photo = Noise(64);

        var cut = new PhotoPyramid(photo).Cut(PhotoView.Whole(64, 64), 64);

        Assert.Equal(photo.Samples.ToArray(), cut.Samples.ToArray());
    }

    // Columns of 0 and 200 in turn: sampled without shrinking first, a small view would show one of them.
    [Theory]
    [InlineData(64)]
    [InlineData(32)]
    [InlineData(16)]
    public void Fine_detail_becomes_its_mean(int size)
    {
        var photo = new Image(128, 128);
        for (var y = 0; y < 128; y++)
            for (var x = 0; x < 128; x += 2)
                photo.Row(y).Slice(3 * x, 3).Fill(200);

        var cut = new PhotoPyramid(photo).Cut(PhotoView.Whole(128, 128), size);

        foreach (var sample in cut.Samples)
            Assert.InRange(sample, 99, 101);
    }

    [Fact]
    public void Beyond_the_photo_it_is_black_and_inside_it_is_where_it_was()
    {
        var photo = new Image(100, 50);
        photo.Samples.Fill(80);
        photo.Fill(new(60, 20, 20, 10), new Rgb(240, 240, 240));

        var cut = new PhotoPyramid(photo).Cut(PhotoView.Whole(100, 50), 50);

        Assert.Equal((0, 80, 240), (cut.Row(5)[3 * 25], cut.Row(25)[3 * 10], cut.Row(25)[3 * 35]));
    }

    private static Image Noise(int side)
    {
        var image = new Image(side, side);
        new Random(3).NextBytes(image.Samples);
        return image;
    }
}
