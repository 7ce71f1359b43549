using Rhytid.Faces;
using Rhytid.Imaging;

namespace Rhytid.Tests.Faces;

public sealed class FaceImageTests
{
    // FFHQ's mean positions in the middle square of 400: x from 100, y from 0.
    [Fact]
    public void A_picture_is_a_face_with_its_points_in_the_middle_square()
    {
        var face = FaceImage.FromAligned(new Image(600, 400));

        Assert.Equal(100 + (0.378f * 400), face.Landmarks.LeftEye.X, 1e-3f);
        Assert.Equal(0.478f * 400, face.Landmarks.LeftEye.Y, 1e-3f);
        Assert.Equal(300, face.Landmarks.MouthCenter.X, 1e-3f);
        Assert.True(face.Landmarks.EyesEstimated && face.Landmarks.MouthEstimated);
        Assert.True(face.FaceToPhoto.IsIdentity);
        Assert.Equal(100, FaceImage.FromAligned(new Image(400, 600)).Landmarks.LeftEye.Y - (0.478f * 400), 1e-3f);
    }

    [Fact]
    public void Given_points_are_taken_as_they_are()
    {
        var landmarks = new FaceLandmarks(new(1, 2), new(3, 4), new(5, 6), new(7, 8));

        Assert.Same(landmarks, FaceImage.FromAligned(new Image(9, 9), landmarks).Landmarks);
    }

    [Fact]
    public void Grey_is_made_once()
    {
        var face = FaceImage.FromAligned(Image.FromPixels([255, 0, 0], 1, 1));

        Assert.Equal(76, face.Gray[0, 0]);
        Assert.Same(face.Gray, face.Gray);
    }
}
