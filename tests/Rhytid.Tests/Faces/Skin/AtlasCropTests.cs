using System.Numerics;
using Rhytid.Faces;
using Rhytid.Faces.Skin;
using Rhytid.Imaging;

namespace Rhytid.Tests.Faces.Skin;

public sealed class AtlasCropTests
{
    // Without known eyes the frame is the middle square: 500 pixels from x = 100 on.
    [Fact]
    public void A_face_without_known_eyes_is_its_middle_square()
    {
        var crop = AtlasCrop.Cut(FaceImage.FromAligned(new Image(700, 500)));

        AssertAt(new(100, 0), Vector2.Transform(Vector2.Zero, crop.CropToFace));
        AssertAt(new(600, 500), Vector2.Transform(new(AtlasCrop.Size), crop.CropToFace));
        Assert.Equal(500f / 512, crop.FacePixelsPerCropPixel, 1e-4f);
        Assert.Equal((512, 512), (crop.Image.Width, crop.Image.Height));
    }

    // FFHQ's square of these points has its corner at (-50, -90) and sides of 400.
    [Fact]
    public void Known_eyes_give_the_alignments_square()
    {
        var landmarks = new FaceLandmarks(new(100, 100), new(200, 100), new(115, 200), new(185, 200));

        var crop = AtlasCrop.Cut(FaceImage.FromAligned(new Image(300, 300), landmarks));

        AssertAt(new(-50, -90), Vector2.Transform(Vector2.Zero, crop.CropToFace));
        Assert.Equal(400f / 512, crop.FacePixelsPerCropPixel, 1e-4f);
    }

    [Theory]
    [InlineData(512)]
    [InlineData(64)]
    public void A_map_of_any_grid_comes_back_to_its_place(int grid)
    {
        var face = FaceImage.FromAligned(new Image(700, 500));
        var map = new Plane<float>(grid, grid);
        for (var y = 0; y < grid; y++)
            map.Row(y)[(grid / 2)..].Fill(1);

        var onFace = AtlasCrop.Cut(face).ToFace(map, face);

        Assert.Equal((700, 500), (onFace.Width, onFace.Height));
        Assert.Equal((0, 0, 1, 0), (onFace[50, 250], onFace[330, 250], onFace[370, 250], onFace[650, 250]));
    }

    private static void AssertAt(Vector2 expected, Vector2 actual) =>
        Assert.True(Vector2.Distance(expected, actual) < 1e-2f, $"{actual} instead of {expected}");
}
