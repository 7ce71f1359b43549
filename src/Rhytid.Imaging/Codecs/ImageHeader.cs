namespace Rhytid.Imaging.Codecs;

/// <summary>What a picture's header says, read without decoding a pixel.</summary>
/// <param name="Format">The kind of file.</param>
/// <param name="Width">Columns as stored, before orientation.</param>
/// <param name="Height">Rows as stored, before orientation.</param>
/// <param name="Orientation">EXIF orientation, 1 to 8; 1 is upright.</param>
public readonly record struct ImageHeader(ImageFormat Format, int Width, int Height, int Orientation)
{
    /// <summary>Reads the header of a file of any kind that can be read.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="ImageException">The bytes are of another kind, or the header is damaged.</exception>
    public static ImageHeader Read(ReadOnlySpan<byte> file)
    {
        var format = FormatSniffer.Identify(file);
        var header = format switch
        {
            ImageFormat.Jpeg => JpegHeader.Read(file),
            ImageFormat.Png => PngHeader.Read(file),
            ImageFormat.WebP => WebPHeader.Read(file),
            ImageFormat.Bmp => BmpHeader.Read(file),
            ImageFormat.Heic or ImageFormat.Avif => HeifHeader.Read(file, format),
            ImageFormat.JpegXl => JpegXlHeader.Read(file),
            _ => TiffHeader.Read(file),
        };
        if (header.Width <= 0 || header.Height <= 0)
            throw new ImageException(
                $"the {header.Format} header is damaged: it says {header.Width} x {header.Height} pixels");
        return header;
    }
}
