using Rhytid.Faces;
using Rhytid.Faces.Quality;
using Rhytid.Imaging;
using Rhytid.Tests.Shared;

namespace Rhytid.Tests.Faces.Quality;

public class FaceQualityTests
{
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
}
