using Rhytid.Imaging;
using Rhytid.Synthesis.Portraits;
using Rhytid.Synthesis.Wrinkles;

namespace Rhytid.Synthesis.Tests.Wrinkles;

public sealed class PhotoLightTests
{
    [Theory]
    [InlineData(-45)]
    [InlineData(45)]
    public void The_lamp_is_found_on_the_side_where_it_stands(float degrees)
    {
        var portrait =
            PortraitSynthesizer.Draw(
                new PortraitOptions { Seed = 12, Size = 256, Age = 19, TiltDegrees = 0, LightDegrees = degrees });
        var window = FaceWindow.Create(new FaceFrame(portrait.Landmarks), portrait.Image.Width, portrait.Image.Height);
        var light = PhotoLight.Estimate(
            SkinPaint.Luminance(portrait.Image.Crop(window.Bounds)), window.Crop(portrait.SkinMask), window);

        Assert.Equal(MathF.Sign(degrees), MathF.Sign(light.Key.X));
        Assert.True(MathF.Abs(light.Key.X) > 0.1f, $"{light.Key.X:0.00}");
        Assert.True(light.Key.Y < 0, "lamps of portraits hang above the face");
    }
}
