using Rhytid.Imaging;
using Rhytid.Synthesis.Wrinkles;

namespace Rhytid.Synthesis.Tests.Wrinkles;

public sealed class PhotoSharpnessTests
{
    [Fact]
    public void A_blurred_photo_is_measured_as_blurred()
    {
        var portrait = SmoothFace.Portrait;
        var gray = portrait.Image.ToGray().ToFloat();

        var sharp = PhotoSharpness.Measure(gray, portrait.SkinMask);
        var soft = PhotoSharpness.Measure(gray.GaussianBlur(2), portrait.SkinMask);

        Assert.True(sharp.BlurPixels < 1.2f, $"{sharp.BlurPixels:0.00}");
        Assert.InRange(soft.BlurPixels, 1.5f, 2.7f);
        Assert.True(soft.NoiseLevels < sharp.NoiseLevels);
    }
}
