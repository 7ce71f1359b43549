namespace Rhytid.Imaging.Codecs;

/// <summary>Tells a picture's kind from its first bytes; the file's name plays no part.</summary>
internal static class FormatSniffer
{
    private const string Readable = "JPEG, PNG, WebP, BMP and TIFF can be read";

    public static ImageFormat Identify(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
            throw new ImageException("the file is empty");
        if (file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return ImageFormat.Jpeg;
        if (file.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
            return ImageFormat.Png;
        if (file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8))
            return ImageFormat.WebP;
        if (file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8))
            return ImageFormat.Tiff;
        if (file.StartsWith("BM"u8) && file.Length >= 26)
            return ImageFormat.Bmp;
        throw new ImageException(Refusal(file));
    }

    private static string Refusal(ReadOnlySpan<byte> file)
    {
        if (file.Length >= 12 && file[4..].StartsWith("ftyp"u8))
        {
            var brand = file.Slice(8, 4);
            if (brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("hevc"u8)
                || brand.SequenceEqual("heim"u8)
                || brand.SequenceEqual("heis"u8)
                || brand.SequenceEqual("mif1"u8)
                || brand.SequenceEqual("msf1"u8))
                return "this is a HEIC photo, which cannot be read; convert it first: heif-convert photo.heic photo.jpg "
                    + "(Debian package libheif-examples), or export it as JPEG from the phone";
            if (brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8))
                return "this is an AVIF picture, which cannot be read; convert it to JPEG or PNG first";
        }
        if (file.StartsWith("GIF8"u8))
            return "this is a GIF, which cannot be read; convert it to PNG first";
        if (file.StartsWith("II+\0"u8) || file.StartsWith("MM\0+"u8))
            return "this is a BigTIFF, which cannot be read; convert it to TIFF or PNG first";
        return $"this is not a picture ({Readable})";
    }
}
