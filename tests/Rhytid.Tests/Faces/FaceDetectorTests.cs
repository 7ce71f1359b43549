using System.Numerics;
using Rhytid.Faces;
using Rhytid.Faces.Detection;
using Rhytid.Imaging;
using Rhytid.Tests.Shared;

namespace Rhytid.Tests.Faces;

public class FaceDetectorTests
{
    [Fact]
    public void A_picture_without_a_face_has_none()
    {
        using var detector = new HaarFaceDetector();
        var stripes = new Image(400, 300);
        for (var i = 0; i < stripes.Samples.Length; i++)
            stripes.Samples[i] = (byte)(i / 17 % 256);

        Assert.Empty(detector.Detect(stripes));
        Assert.Empty(detector.Detect(new Image(8, 8)));
    }

    [SkippableFact]
    public void Haar_finds_the_face_of_every_real_photo_where_yunet_finds_it()
    {
        var photos = Directory.GetFiles(Repository.SharedData("photos"));
        using var haar = new HaarFaceDetector();
        using var yunet = new OnnxFaceDetector(Repository.SharedWeights("yunet_n_320.onnx"));
        foreach (var path in photos)
        {
            var photo = Image.Load(path);
            var expected = yunet.Detect(photo)[0];
            var found = haar.Detect(photo)[0];

                // The eyes decide about the alignment: within 0.15 of their distance, about the width of an iris.
            var most = 0.15f * expected.Landmarks.EyeDistancePixels;
            Assert.True(Vector2.Distance(expected.Landmarks.LeftEye, found.Landmarks.LeftEye) < most, $"{path}: left eye {found.Landmarks.LeftEye}, YuNet {expected.Landmarks.LeftEye}");
            Assert.True(Vector2.Distance(expected.Landmarks.RightEye, found.Landmarks.RightEye) < most, $"{path}: right eye {found.Landmarks.RightEye}, YuNet {expected.Landmarks.RightEye}");
            Assert.True(Vector2.Distance(expected.Landmarks.MouthCenter, found.Landmarks.MouthCenter) < 3 * most, $"{path}: mouth {found.Landmarks.MouthCenter}, YuNet {expected.Landmarks.MouthCenter}");
        }
    }

    [SkippableFact]
    public void UltraFace_and_yunet_agree_on_the_box()
    {
        using var yunet = new OnnxFaceDetector(Repository.SharedWeights("yunet_n_320.onnx"));
        using var ultra = new OnnxFaceDetector(Repository.SharedWeights("ultraface_rfb_320.onnx"));
        foreach (var path in Directory.GetFiles(Repository.SharedData("photos")))
        {
            var photo = Image.Load(path);
            var (a, b) = (yunet.Detect(photo)[0].Box, ultra.Detect(photo)[0].Box);
            var common = System.Drawing.RectangleF.Intersect(a, b);
            var overlap = common.Width * common.Height / ((a.Width * a.Height) + (b.Width * b.Height) - (common.Width * common.Height));

            Assert.True(overlap > 0.5, $"{path}: {a} and {b} overlap by {overlap:0.00}");
        }
    }

    [SkippableFact]
    public void A_tilted_face_is_found_with_its_tilt()
    {
        var photo = Image.Load(Path.Combine(Repository.SharedData("photos"), "obama.jpg"));
        var center = new Vector2(photo.Width / 2f, photo.Height / 2f);
        using var haar = new HaarFaceDetector();
        foreach (var degrees in new float[] { -28, -12, 12, 28 })
        {
            var turned = photo.Warp(photo.Width, photo.Height, Matrix3x2.CreateRotation(float.DegreesToRadians(-degrees), center), border: BorderMode.Replicate);

            var face = Assert.Single(haar.Detect(turned).Take(1));

            Assert.False(face.Landmarks.EyesEstimated);
            Assert.InRange(face.Landmarks.TiltDegrees, degrees - 7, degrees + 7);
        }
    }

    [SkippableFact]
    public void A_model_with_a_free_input_size_is_refused_in_one_line()
    {
        var error = Assert.Throws<ImageException>(() => new OnnxFaceDetector(Repository.SharedWeights("yunet_n_dynamic.onnx")));

        Assert.Contains("yunet_n_dynamic.onnx", error.Message, StringComparison.Ordinal);
        Assert.Contains("fixed input size", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Proportions_place_eyes_and_mouth_where_the_specification_expects_them()
    {
        var landmarks = FaceProportions.FromBox(new(100, 200, 200, 200));

        Assert.True(landmarks.EyesEstimated && landmarks.MouthEstimated);
        // SPEC 1.14: eyes near 0.30 and 0.70 of the width and 0.38 of the height, mouth near 0.78 of the height.
        Assert.InRange(landmarks.LeftEye.X, 155, 170);
        Assert.InRange(landmarks.RightEye.X, 230, 245);
        Assert.InRange(landmarks.EyeCenter.Y, 270, 282);
        Assert.InRange(landmarks.MouthCenter.Y, 345, 366);
    }
}
