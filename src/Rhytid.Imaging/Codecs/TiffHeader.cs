namespace Rhytid.Imaging.Codecs;

/// <summary>Reads size and orientation of a TIFF's first page.</summary>
internal static class TiffHeader
{
    private const int WidthTag = 0x0100;
    private const int HeightTag = 0x0101;
    private const int OrientationTag = 0x0112;
    private const int ShortType = 3;

    public static ImageHeader Read(ReadOnlySpan<byte> file)
    {
        var reader = new HeaderReader(file, "TIFF", littleEndian: file.StartsWith("II"u8));
        var (width, height, orientation) = (0u, 0u, 1);
        var directory = reader.UInt32(4);
        var entries = reader.UInt16(directory);
        for (var i = 0; i < entries; i++)
        {
            var entry = directory + 2L + (12L * i);
            var value = reader.UInt16(entry + 2) == ShortType
                ? (uint)reader.UInt16(entry + 8)
                : reader.UInt32(entry + 8);
            switch (reader.UInt16(entry))
            {
                case WidthTag: width = value; break;
                case HeightTag: height = value; break;
                case OrientationTag: orientation = ExifOrientation.Valid(value); break;
                default: break;
            }
        }
        return new ImageHeader(ImageFormat.Tiff, reader.Side(width), reader.Side(height), orientation);
    }
}
