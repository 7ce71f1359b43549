namespace Rhytid.Imaging.Codecs;

/// <summary>Reads a PNG's size (IHDR) and orientation (eXIf, when it stands before the pixels or after them).</summary>
internal static class PngHeader
{
    public static ImageHeader Read(ReadOnlySpan<byte> file)
    {
        var reader = new HeaderReader(file, "PNG", littleEndian: false);
        if (!reader.At(12, 4).SequenceEqual("IHDR"u8))
            throw new ImageException("the PNG header is damaged: IHDR is missing");
        var width = reader.Side(reader.UInt32(16));
        var height = reader.Side(reader.UInt32(20));
        return new ImageHeader(ImageFormat.Png, width, height, Orientation(file, reader));
    }

    private static int Orientation(ReadOnlySpan<byte> file, HeaderReader reader)
    {
        long position = 8;
        while (position + 12 <= file.Length)
        {
            var length = reader.UInt32(position);
            var type = reader.At(position + 4, 4);
            if (type.SequenceEqual("eXIf"u8) && position + 8 + length <= file.Length)
                return ExifOrientation.Read(reader.At(position + 8, (int)length));
            position += 12L + length;
        }
        return 1;
    }
}
