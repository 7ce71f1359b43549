using Rhytid.Imaging.Native;

namespace Rhytid.Imaging.Codecs;

/// <summary>Bytes of an image file to pixels: header and limits first, OpenCV after.</summary>
internal static class ImageDecoder
{
    private enum Kind
    {
        Rgb = 0,
        Gray = 1,
        Gray16 = 2,
    }

    public static Image DecodeRgb(ReadOnlySpan<byte> file, ImageLoadOptions? options)
    {
        using var decoded = Decode(file, Kind.Rgb, options, out var width, out var height);
        var image = new Image(width, height);
        decoded.CopyTo(image.View);
        GC.KeepAlive(image);
        return image;
    }

    public static Plane<byte> DecodeGray(ReadOnlySpan<byte> file, ImageLoadOptions? options)
    {
        using var decoded = Decode(file, Kind.Gray, options, out var width, out var height);
        var plane = new Plane<byte>(width, height);
        decoded.CopyTo(plane.View);
        GC.KeepAlive(plane);
        return plane;
    }

    public static Plane<ushort> DecodeGray16(ReadOnlySpan<byte> file, ImageLoadOptions? options)
    {
        using var decoded = Decode(file, Kind.Gray16, options, out var width, out var height);
        var plane = new Plane<ushort>(width, height);
        decoded.CopyTo(plane.View);
        GC.KeepAlive(plane);
        return plane;
    }

    private static DecodedImage Decode(
        ReadOnlySpan<byte> file, Kind kind, ImageLoadOptions? options, out int width, out int height)
    {
        var header = ImageHeader.Read(file);
        var maxPixels = (options ?? ImageLoadOptions.Default).MaxPixels;
        var pixels = (long)header.Width * header.Height;
        if (pixels > maxPixels)
            throw new ImageException(
                $"the picture has {header.Width} x {header.Height} = {pixels / 1e6:0.#} million pixels; the limit is {maxPixels / 1e6:0.#} million");
        try
        {
            // OpenCV itself turns TIFF pages upright; every other format is turned by the orientation read here.
            var decodable = header.Format == ImageFormat.Png ? PngHeader.WithoutColorProfile(file) : file;
            var decoded = DecodedImage.Decode(
                decodable, (int)kind, header.Format == ImageFormat.Tiff ? 1 : header.Orientation, out width,
                out height);
            return decoded;
        }
        catch (VisionException error)
        {
            throw new ImageException(error.Message, error);
        }
    }
}
