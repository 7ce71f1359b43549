namespace Rhytid.Imaging.Codecs;

/// <summary>The chunks of a PNG file.</summary>
internal static class PngChunks
{
    /// <summary>Bytes of a chunk that are not its content: length and type before it, checksum behind it.</summary>
    public const int Frame = 12;

    private const int SignatureLength = 8;
    private const int ContentStart = 8;

    /// <summary>Types and places of the chunks' contents; a chunk that the file's end cuts off is left out.</summary>
    public static List<(string Type, int Start, int Length)> Read(ReadOnlySpan<byte> file)
    {
        var chunks = new List<(string Type, int Start, int Length)>();
        var reader = new HeaderReader(file, "PNG", littleEndian: false);
        for (long position = SignatureLength; position + Frame <= file.Length; position += Frame + (long)reader.UInt32(position))
        {
            var length = reader.UInt32(position);
            if (position + Frame + length > file.Length)
                break;
            chunks.Add(
                (System.Text.Encoding.ASCII.GetString(reader.At(position + 4, 4)), (int)position + ContentStart, (int)length));
        }
        return chunks;
    }

    /// <summary>
    /// Refuses a file with a chunk that says it is longer than the file: decoders take memory for all of it first.
    /// </summary>
    /// <exception cref="ImageException">There is such a chunk.</exception>
    public static void RequireWhole(ReadOnlySpan<byte> file)
    {
        var chunks = Read(file);
        var end = chunks.Count == 0 ? SignatureLength : chunks[^1].Start + chunks[^1].Length + Frame - ContentStart;
        if (end + Frame <= file.Length && chunks.TrueForAll(chunk => chunk.Type != "IEND"))
            throw new ImageException(ImageDecoder.DamagedPixels);
    }
}
