using OpenCvSharp;

namespace Rhytid.Imaging;

/// <summary>Colour spaces.</summary>
public static class Colors
{
    /// <summary>Grey levels 0.299 R + 0.587 G + 0.114 B, rounded.</summary>
    public static Plane<byte> ToGray(this Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return OpenCv.Apply(image, new Plane<byte>(image.Width, image.Height),
            static (from, to) => Cv2.CvtColor(from, to, ColorConversionCodes.RGB2GRAY));
    }

    /// <summary>A grey picture in three equal channels.</summary>
    public static Image ToImage(this Plane<byte> gray)
    {
        ArgumentNullException.ThrowIfNull(gray);
        return OpenCv.Apply(gray, new Image(gray.Width, gray.Height),
            static (from, to) => Cv2.CvtColor(from, to, ColorConversionCodes.GRAY2RGB));
    }

    /// <summary>CIE L*a*b*, one plane each, in OpenCV's 8-bit scaling: L * 255/100, a + 128, b + 128.</summary>
    public static (Plane<byte> L, Plane<byte> A, Plane<byte> B) ToLab(this Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var lab = OpenCv.Apply(image, new Image(image.Width, image.Height),
            static (from, to) => Cv2.CvtColor(from, to, ColorConversionCodes.RGB2Lab));
        return (lab.Channel(0), lab.Channel(1), lab.Channel(2));
    }

    /// <summary>One channel: 0 red, 1 green, 2 blue.</summary>
    public static Plane<byte> Channel(this Image image, int channel)
    {
        ArgumentNullException.ThrowIfNull(image);
        return OpenCv.Apply(image, new Plane<byte>(image.Width, image.Height),
            (from, to) => Cv2.ExtractChannel(from, to, channel));
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
}
