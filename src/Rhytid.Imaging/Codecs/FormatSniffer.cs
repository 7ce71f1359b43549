namespace Rhytid.Imaging.Codecs;

/// <summary>Tells a picture's kind from its first bytes; the file's name plays no part.</summary>
internal static class FormatSniffer
{
    private const string Readable = "JPEG, PNG, WebP, BMP, TIFF, HEIC, AVIF, JPEG XL and DNG can be read";

    /// <summary>The kind; a DNG is a TIFF until its tags are read.</summary>
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
        if (file.StartsWith(JpegXlHeader.CodestreamStart) || file.StartsWith(JpegXlHeader.ContainerStart))
            return ImageFormat.JpegXl;
        return HeifHeader.FormatOf(file) ?? throw new ImageException(Refusal(file));
    }

    private static string Refusal(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("GIF8"u8))
            return "this is a GIF, which cannot be read; convert it to PNG first";
        if (file.StartsWith("II+\0"u8) || file.StartsWith("MM\0+"u8))
            return "this is a BigTIFF, which cannot be read; convert it to TIFF or PNG first";
        return $"this is not a picture ({Readable})";
    }
}
