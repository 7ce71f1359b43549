using System.Numerics;
using Rhytid.Faces;
using Rhytid.Imaging;
using Rhytid.Segmentation.Classical;

namespace Rhytid.Tests.Segmentation.Classical;

public sealed class WorkingFaceTests
{
    [Theory]
    [InlineData(1024, 512, 512, 256)]
    [InlineData(300, 600, 256, 512)]
    [InlineData(200, 100, 200, 100)]
    public void The_long_side_is_512_pixels_at_most(int width, int height, int workingWidth, int workingHeight)
    {
        var face = WorkingFace.Prepare(FaceImage.FromAligned(new Image(width, height)), Mask.Full(width, height));

        Assert.Equal((workingWidth, workingHeight), (face.Width, face.Height));
        Assert.Equal((width, height), (face.FaceWidth, face.FaceHeight));
        Assert.Equal(new Vector2(0.5f * width / workingWidth), face.ToFacePoint((0, 0)));
        Assert.Equal(new Vector2(width, height) - face.ToFacePoint((0, 0)),
            face.ToFacePoint((workingWidth - 1, workingHeight - 1)));
    }

    // A square of 40: two pixels of every side are its rim, four its margin.
    [Fact]
    public void The_rim_gives_no_mean_and_the_margin_no_line()
    {
        var skin = new Mask(60, 60);
        for (var y = 10; y < 50; y++)
            skin.Row(y)[10..50].Fill(Mask.Set);

        var face = WorkingFace.Prepare(FaceImage.FromAligned(new Image(60, 60)), skin);

        Assert.Equal(36 * 36, face.Skin.Count());
        Assert.Equal(32 * 32, face.Searched.Count());
        Assert.Equal(SkinMean.FlatGray, face.Flat[10, 30]);
    }

    [Fact]
    public void Results_come_back_at_the_faces_size_inside_the_skin()
    {
        var skin = Mask.Full(1024, 1024);
        for (var y = 0; y < 1024; y++)
            skin[100, y] = false;
        var face = WorkingFace.Prepare(FaceImage.FromAligned(new Image(1024, 1024)), skin);
        var response = new Plane<float>(512, 512);
        response.Samples.Fill(0.5f);

        var enlarged = face.Enlarge(response);
        var decided = face.Enlarge(Mask.Full(512, 512));

        Assert.Equal((1024, 0f, 0.5f), (enlarged.Width, enlarged[100, 500], enlarged[101, 500]));
        Assert.Equal(1023 * 1024, decided.Count());
    }
}
