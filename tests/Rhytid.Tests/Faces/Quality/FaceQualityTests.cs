using Rhytid.Faces;
using Rhytid.Faces.Quality;
using Rhytid.Imaging;
using Rhytid.Tests.Shared;

namespace Rhytid.Tests.Faces.Quality;

public class FaceQualityTests
{
    // Values of scikit-image 0.19's blur_effect(image, h_size=11) on the same pictures.
    [Fact]
    public void Blur_agrees_with_scikit_image()
    {
        Assert.Equal(
            0.11767095500258923, BlurMetric.Compute(Picture((x, y) => ((x * x * 7) + (y * 13) + (x * y * 3)) % 251)), 3);
        Assert.Equal(
            0.8981444752457781,
            BlurMetric.Compute(Picture((x, y) => 100 + (60 * MathF.Sin(x / 5f)) + (40 * MathF.Cos(y / 7f)))), 3);
    }

    [Fact]
    public void A_flat_picture_is_all_blur() => Assert.Equal(1, BlurMetric.Compute(Picture((_, _) => 90)));

    [SkippableFact]
    public void Real_portraits_are_sharp_and_blurred_ones_are_not()
    {
        using var segmenter = WrinkleSegmenter.Load();
        foreach (var path in
            Directory.GetFiles(Path.Combine(Repository.SharedData("rahmati"), "images"))
                .Order(StringComparer.Ordinal)
                .Where((_, i) => i % 16 == 0))
        {
            var photo = Image.Load(path);
            Assert.DoesNotContain(
                Warnings(photo), warning => warning.Contains("blurred", StringComparison.Ordinal));
            Assert.Contains(
                Warnings(photo.GaussianBlur(3.5)),
                warning => warning.Contains("blurred", StringComparison.Ordinal));
        }

        static IReadOnlyList<string> Warnings(Image photo)
        {
            var face = FaceImage.FromAligned(photo);
            return FaceQuality.Measure(face, Mask.Full(photo.Width, photo.Height), face.Landmarks, 300).Warnings;
        }
    }

    [Theory]
    [InlineData(20, "dark")]
    [InlineData(230, "very bright")]
    [InlineData(252, "fully black or white")]
    public void Exposure_is_warned_about(byte level, string expected)
    {
        var photo = new Image(200, 200);
        photo.Samples.Fill(level);
        var face = FaceImage.FromAligned(photo);

        var quality = FaceQuality.Measure(face, Mask.Full(200, 200), face.Landmarks, 300);

        Assert.Contains(quality.Warnings, warning => warning.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void A_small_or_tilted_face_is_warned_about()
    {
        var face = FaceImage.FromAligned(new Image(100, 100));
        var tilted = new FaceLandmarks(new(100, 100), new(180, 150), new(90, 190), new(150, 220));

        var warnings = FaceQuality.Measure(face, Mask.Full(100, 100), tilted, 60).Warnings;

        Assert.Contains(warnings, warning => warning.Contains("60 pixels wide", StringComparison.Ordinal));
        Assert.Contains(warnings, warning => warning.Contains("tilted by 32 degrees", StringComparison.Ordinal));
    }

    private static Plane<float> Picture(Func<int, int, float> level)
    {
        var plane = new Plane<float>(64, 48);
        for (var y = 0; y < 48; y++)
            for (var x = 0; x < 64; x++)
                plane[x, y] = level(x, y);
        return plane;
    }
}
