using System.Numerics;
using Rhytid.Faces;
using Rhytid.Faces.Detection;
using Rhytid.Imaging;
using Rhytid.Tests.Shared;

namespace Rhytid.Tests.Faces;

public class FaceDetectorTests
{
    [Theory]
    [InlineData("haar")]
    [InlineData("yunet")]
    public void A_picture_without_a_face_has_none(string name)
    {
        using var owned = (IDisposable)(name == "haar" ? new HaarFaceDetector() : OnnxFaceDetector.LoadShipped());
        var detector = (IFaceDetector)owned;
        Assert.Equal(name, detector.Name);
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
            Assert.True(
                Vector2.Distance(expected.Landmarks.LeftEye, found.Landmarks.LeftEye) < most,
                $"{path}: left eye {found.Landmarks.LeftEye}, YuNet {expected.Landmarks.LeftEye}");
            Assert.True(
                Vector2.Distance(expected.Landmarks.RightEye, found.Landmarks.RightEye) < most,
                $"{path}: right eye {found.Landmarks.RightEye}, YuNet {expected.Landmarks.RightEye}");
            Assert.True(
                Vector2.Distance(expected.Landmarks.MouthCenter, found.Landmarks.MouthCenter) < 3 * most,
                $"{path}: mouth {found.Landmarks.MouthCenter}, YuNet {expected.Landmarks.MouthCenter}");
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
            var overlap = common.Width * common.Height
                / ((a.Width * a.Height) + (b.Width * b.Height) - (common.Width * common.Height));

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
            var turned = photo.Warp(
                photo.Width, photo.Height, Matrix3x2.CreateRotation(float.DegreesToRadians(-degrees), center),
                border: BorderMode.Replicate);

            var face = Assert.Single(haar.Detect(turned).Take(1));

            Assert.False(face.Landmarks.EyesEstimated);
            Assert.InRange(face.Landmarks.TiltDegrees, degrees - 7, degrees + 7);
        }
    }

    [SkippableFact]
    public void A_model_with_a_free_input_size_is_refused_in_one_line()
    {
        var error =
            Assert.Throws<ImageException>(() => new OnnxFaceDetector(Repository.SharedWeights("yunet_n_dynamic.onnx")));

        Assert.Contains("yunet_n_dynamic.onnx", error.Message, StringComparison.Ordinal);
        Assert.Contains("fixed input size", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [SkippableFact]
    public void The_shipped_detector_finds_every_ordinary_photo_on_every_side()
    {
        using var yunet = OnnxFaceDetector.LoadShipped();
        foreach (var path in Directory.GetFiles(Repository.SharedData("photos")))
        {
            var photo = Image.Load(path);
            var upright = Assert.Single(yunet.Detect(photo, most: 1));
            Assert.Equal(0, upright.TurnedDegrees);
            foreach (var (degrees, expected) in new[] { (90, 270), (180, 180), (240, 120) })
            {
                var (turned, back) = Turned(photo, degrees);

                var face = Assert.Single(yunet.Detect(turned, most: 1));

                Assert.True(face.TurnedDegrees == expected, $"{path}: turned by {degrees}, said {face.TurnedDegrees}");
                var shift = Vector2.Distance(face.Landmarks.Transform(back).EyeCenter, upright.Landmarks.EyeCenter);
                Assert.True(
                    shift < 0.15f * upright.Landmarks.EyeDistancePixels,
                    $"{path}: turned by {degrees}, eyes off by {shift:0.0} pixels");
            }
        }
    }

    [SkippableFact]
    public void A_face_that_fills_the_photo_and_a_small_one_are_found()
    {
        using var yunet = OnnxFaceDetector.LoadShipped();
        var photo = Image.Load(Path.Combine(Repository.SharedData("photos"), "obama.jpg"));
        var face = Assert.Single(yunet.Detect(photo, most: 1));

        var near = System.Drawing.Rectangle.Intersect(
            System.Drawing.Rectangle.Round(face.Box), new(0, 0, photo.Width, photo.Height));
        Assert.InRange(
            Assert.Single(yunet.Detect(photo.Crop(near), most: 1)).Landmarks.EyeDistancePixels,
            0.9f * face.Landmarks.EyeDistancePixels, 1.1f * face.Landmarks.EyeDistancePixels);

        var far = new Image(8 * photo.Width, 8 * photo.Width);
        far.Samples.Fill(128);
        for (var y = 0; y < photo.Height; y++)
            photo.Row(y).CopyTo(far.Row(photo.Width + y).Slice(3 * photo.Width, 3 * photo.Width));
        Assert.InRange(
            Assert.Single(yunet.Detect(far, most: 1)).Landmarks.EyeDistancePixels,
            0.9f * face.Landmarks.EyeDistancePixels, 1.1f * face.Landmarks.EyeDistancePixels);
    }

    // Clockwise, nothing cut off; black beyond the photo's edge.
    private static (Image Turned, Matrix3x2 Back) Turned(Image photo, float degrees)
    {
        var (sin, cos) = MathF.SinCos(float.DegreesToRadians(degrees));
        var width = (int)MathF.Ceiling((photo.Width * Math.Abs(cos)) + (photo.Height * Math.Abs(sin)) - 0.01f);
        var height = (int)MathF.Ceiling((photo.Width * Math.Abs(sin)) + (photo.Height * Math.Abs(cos)) - 0.01f);
        var back = Matrix3x2.CreateTranslation(-width / 2f, -height / 2f)
            * Matrix3x2.CreateRotation(-float.DegreesToRadians(degrees))
                * Matrix3x2.CreateTranslation(photo.Width / 2f, photo.Height / 2f);
        return (photo.Warp(width, height, back), back);
    }
}
