using Rhytid.Imaging.Native;

namespace Rhytid.Imaging;

/// <summary>Colour spaces.</summary>
public static class Colors
{
    private enum Conversion
    {
        RgbToGray = 0,
        GrayToRgb = 1,
        RgbToLab = 2,
    }

    /// <summary>Grey levels 0.299 R + 0.587 G + 0.114 B, rounded.</summary>
    public static Plane<byte> ToGray(this Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Vision.Apply(image, new Plane<byte>(image.Width, image.Height),
            static (from, to) => VisionLibrary.rv_convert_color(from, to, (int)Conversion.RgbToGray));
    }

    /// <summary>A grey picture in three equal channels.</summary>
    public static Image ToImage(this Plane<byte> gray)
    {
        ArgumentNullException.ThrowIfNull(gray);
        return Vision.Apply(gray, new Image(gray.Width, gray.Height),
            static (from, to) => VisionLibrary.rv_convert_color(from, to, (int)Conversion.GrayToRgb));
    }

    /// <summary>CIE L*a*b*, one plane each, in OpenCV's 8-bit scaling: L * 255/100, a + 128, b + 128.</summary>
    public static (Plane<byte> L, Plane<byte> A, Plane<byte> B) ToLab(this Image image) =>
        Convert(image, Conversion.RgbToLab);

    /// <summary>One channel: 0 red, 1 green, 2 blue.</summary>
    public static Plane<byte> Channel(this Image image, int channel)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Vision.Apply(image, new Plane<byte>(image.Width, image.Height),
            (from, to) => VisionLibrary.rv_split_channel(from, channel, to));
    }

    /// <summary>Bytes as floats of the same value.</summary>
    public static Plane<float> ToFloat(this Plane<byte> plane)
    {
        ArgumentNullException.ThrowIfNull(plane);
        var result = new Plane<float>(plane.Width, plane.Height);
        System.Numerics.Tensors.TensorPrimitives.ConvertChecked<byte, float>(plane.Samples, result.Samples);
        return result;
    }

    /// <summary>Floats times <paramref name="scale"/>, rounded and limited to 0..255.</summary>
    public static Plane<byte> ToBytes(this Plane<float> plane, float scale = 1)
    {
        ArgumentNullException.ThrowIfNull(plane);
        var result = new Plane<byte>(plane.Width, plane.Height);
        var from = plane.Samples;
        var to = result.Samples;
        for (var i = 0; i < to.Length; i++)
            to[i] = (byte)Math.Clamp(MathF.Round(from[i] * scale), 0, 255);
        return result;
    }

    private static (Plane<byte> First, Plane<byte> Second, Plane<byte> Third) Convert(
        Image image, Conversion conversion)
    {
        ArgumentNullException.ThrowIfNull(image);
        var converted = Vision.Apply(image, new Image(image.Width, image.Height),
            (from, to) => VisionLibrary.rv_convert_color(from, to, (int)conversion));
        return (converted.Channel(0), converted.Channel(1), converted.Channel(2));
    }
}
