using Rhytid.Imaging;
using Rhytid.Synthesis.Wrinkles;

namespace Rhytid.Synthesis.Tests.Wrinkles;

public sealed class SkinPaintTests
{
    private static readonly FaceWindow Window = FaceWindow.Create(FaceFrame.OfAligned(64), 64, 64);

    // By sRGB's formula: code 188 is 0.5029 of the light; shares of red, green and blue by Rec. 709.
    [Fact]
    public void Luminance_is_linear_light()
    {
        var light = SkinPaint.Luminance(Image.FromPixels([188, 188, 188, 255, 0, 0, 0, 255, 0, 0, 0, 255], 4, 1));

        Assert.Equal([0.5029f, 0.2126f, 0.7152f, 0.0722f], light.Samples.ToArray().Select(v => MathF.Round(v, 4)));
    }

    // Where green keeps 0.72 of its light, red keeps 0.72^0.58 and blue 0.72^1.12; dither is half a level.
    [Fact]
    public void Red_darkens_least_and_blue_most()
    {
        var pixel = Painted(150, factor: 0.72f, cover: 1);
        double[] exponents = [0.58, 1, 1.12];

        for (var channel = 0; channel < 3; channel++)
            Assert.Equal(Coded(Light(150) * Math.Pow(0.72, exponents[channel])), pixel[channel], 1.01);
    }

    [Fact]
    public void Rims_brighten_all_colours_alike() =>
        Assert.All(
            Painted(120, factor: 1.3f, cover: 1),
            code => Assert.Equal(Coded(Light(120) * Math.Pow(1.3, 0.75)), code, 1.01));

    [Fact]
    public void Nothing_changes_without_a_factor_or_without_cover()
    {
        Assert.Equal([150, 150, 150], Painted(150, factor: 1, cover: 1));
        Assert.Equal([150, 150, 150], Painted(150, factor: 0.5f, cover: 0));
    }

    // A blown-out pixel takes a quarter of the factor.
    [Fact]
    public void Blown_out_skin_shows_little() =>
        Assert.Equal(Coded(1 - (0.25 * 0.4)), Painted(255, factor: 0.6f, cover: 1)[1], 1.01);

    private static byte[] Painted(byte level, float factor, float cover)
    {
        var photo = new Image(64, 64);
        photo.Samples.Fill(level);
        var (factors, covers) = (Even(factor), Even(cover));
        SkinPaint.Apply(photo, Window, factors, covers, noiseLevels: 0, seed: 1);
        return photo.Row(Window.Bounds.Y + 5).Slice(3 * (Window.Bounds.X + 7), 3).ToArray();
    }

    private static Plane<float> Even(float value)
    {
        var plane = new Plane<float>(Window.Bounds.Width, Window.Bounds.Height);
        plane.Samples.Fill(value);
        return plane;
    }

    private static double Light(int code) => Math.Pow(((code / 255.0) + 0.055) / 1.055, 2.4);

    private static double Coded(double light) => 255 * ((1.055 * Math.Pow(light, 1 / 2.4)) - 0.055);
}
