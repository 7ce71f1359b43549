namespace Rhytid.Imaging.Codecs;

/// <summary>Reads a bitmap's size from its core (OS/2) or information header.</summary>
internal static class BmpHeader
{
    private const int CoreHeaderSize = 12;

    public static ImageHeader Read(ReadOnlySpan<byte> file)
    {
        var reader = new HeaderReader(file, "BMP", littleEndian: true);
        if (reader.UInt32(14) == CoreHeaderSize)
            return new ImageHeader(ImageFormat.Bmp, reader.UInt16(18), reader.UInt16(20), Orientation: 1);
        var width = (int)reader.UInt32(18);
        var height = (int)reader.UInt32(22); // negative: rows run from the top
        if (height == int.MinValue)
            throw new ImageException("the BMP header is damaged");
        return new ImageHeader(ImageFormat.Bmp, width, Math.Abs(height), Orientation: 1);
    }
}
