using System.Drawing;
using System.Numerics;
using Rhytid.Faces;

namespace Rhytid.Tests.Faces;

public sealed class FaceCropTests
{
    [Fact]
    public void A_mask_is_added_to_what_the_photo_had()
    {
        var onPhoto = new Imaging.Mask(30, 20);
        onPhoto[0, 0] = onPhoto[12, 7] = true;
        var onFace = new Imaging.Mask(8, 8);
        onFace[3, 4] = true;

        Crop().Add(onFace, onPhoto);

        Assert.Equal(3, onPhoto.Count());
        Assert.True(onPhoto[0, 0] && onPhoto[12, 7] && onPhoto[13, 9]);
    }

    [Fact]
    public void Labels_replace_those_of_the_photo_but_for_the_background()
    {
        var onPhoto = new Imaging.Plane<byte>(30, 20);
        onPhoto.Samples.Fill(5);
        var onFace = new Imaging.Plane<byte>(8, 8);
        onFace[0, 0] = 9;

        Crop().Add(onFace, onPhoto);

        Assert.Equal(9, onPhoto[10, 5]);
        Assert.Equal((30 * 20) - 1, onPhoto.Samples.Count((byte)5));
    }

    // A face of 8 pixels at (10, 5) of the photo, of the same size there.
    private static FaceCrop Crop()
    {
        var photo = new Imaging.Image(30, 20);
        var crop = new FaceCrop(
            photo, new DetectedFace(new RectangleF(10, 5, 8, 8), FaceLandmarks.FfhqMean, null),
            new FaceImage(
                new Imaging.Image(8, 8), FaceLandmarks.FfhqMean, Matrix3x2.CreateTranslation(10, 5)));
        Assert.Equal(new Rectangle(10, 5, 8, 8), crop.Region);
        return crop;
    }
}
