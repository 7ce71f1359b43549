namespace Rhytid.Imaging.Codecs;

/// <summary>The chunks of a PNG file.</summary>
internal static class PngChunks
{
    /// <summary>Bytes of a chunk that are not its content: length and type before it, checksum behind it.</summary>
    public const int Frame = 12;

    /// <summary>Types and places of the chunks' contents; a chunk that the file's end cuts off is left out.</summary>
    public static List<(string Type, int Start, int Length)> Read(ReadOnlySpan<byte> file)
    {
        var chunks = new List<(string Type, int Start, int Length)>();
        var reader = new HeaderReader(file, "PNG", littleEndian: false);
        for (long position = 8; position + Frame <= file.Length; position += Frame + (long)reader.UInt32(position))
        {
            var length = reader.UInt32(position);
            if (position + Frame + length > file.Length)
                break;
            chunks.Add(
                (System.Text.Encoding.ASCII.GetString(reader.At(position + 4, 4)), (int)position + 8, (int)length));
        }
        return chunks;
    }

    /// <summary>
    /// Refuses a file with a chunk that says it is longer than the file: decoders take memory for all of it first.
    /// </summary>
    /// <exception cref="ImageException">There is such a chunk.</exception>
    public static void RequireWhole(ReadOnlySpan<byte> file)
    {
        var reader = new HeaderReader(file, "PNG", littleEndian: false);
        for (long position = 8; position + Frame <= file.Length; position += Frame + (long)reader.UInt32(position))
        {
            if (position + Frame + reader.UInt32(position) > file.Length)
                throw new ImageException(ImageDecoder.DamagedPixels);
            if (reader.At(position + 4, 4).SequenceEqual("IEND"u8))
                return;
        }
    }
}
