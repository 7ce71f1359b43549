namespace Rhytid.Imaging.Codecs;

/// <summary>Reads a JPEG XL's size and orientation from the first bits of its codestream (ISO/IEC 18181-1).</summary>
internal static class JpegXlHeader
{
    // Width to height, by the three bits that say so; 0 stands for a width of its own.
    private static readonly (int Width, int Height)[] Ratios =
        [(0, 0), (1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1)];

    private static readonly int[] SizeBits = [9, 13, 18, 30];

    public static ReadOnlySpan<byte> CodestreamStart => [0xFF, 0x0A];

    public static ReadOnlySpan<byte> ContainerStart =>
        [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', (byte)' ', 0x0D, 0x0A, 0x87, 0x0A];

    public static ImageHeader Read(ReadOnlySpan<byte> file)
    {
        var bits = new BitReader(Codestream(file), 8 * CodestreamStart.Length);
        var isSmall = bits.Read(1) != 0;
        var height = Side(ref bits, isSmall);
        var ratio = Ratios[bits.Read(3)];
        var width = ratio.Width == 0 ? Side(ref bits, isSmall) : height * ratio.Width / ratio.Height;
        var isAllDefault = bits.Read(1) != 0;
        var hasOrientation = !isAllDefault && bits.Read(1) != 0;
        var orientation = hasOrientation ? 1 + (int)bits.Read(3) : 1;
        if (width > int.MaxValue)
            throw Damaged();
        return new ImageHeader(ImageFormat.JpegXl, (int)width, (int)height, orientation);
    }

    private static long Side(ref BitReader bits, bool isSmall) =>
        isSmall ? 8 * (1 + bits.Read(5)) : 1 + bits.Read(SizeBits[bits.Read(2)]);

    // Alone, or in a box of its own; of a codestream in parts, the first has a number before it.
    private static ReadOnlySpan<byte> Codestream(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith(CodestreamStart))
            return file;
        var reader = new HeaderReader(file, "JPEG XL", littleEndian: false);
        for (long position = 0; position + 8 <= file.Length;)
        {
            long length = reader.UInt32(position);
            var type = reader.At(position + 4, 4);
            var start = position + (length == 1 ? 16 : 8) + (type.SequenceEqual("jxlp"u8) ? 4 : 0);
            if (type.SequenceEqual("jxlc"u8) || type.SequenceEqual("jxlp"u8))
                return reader.At(start, CodestreamStart.Length).SequenceEqual(CodestreamStart)
                    ? file[(int)start..]
                    : throw Damaged();
            if (length < 8)
                break;
            position += length;
        }
        throw Damaged();
    }

    private static ImageException Damaged() => new("the JPEG XL header is damaged or cut off");

    // The lowest bit of a byte comes first.
    private ref struct BitReader(ReadOnlySpan<byte> bytes, int position)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private int _position = position;

        public long Read(int count)
        {
            long value = 0;
            for (var i = 0; i < count; i++, _position++)
            {
                if (_position / 8 >= _bytes.Length)
                    throw Damaged();
                value |= (long)((_bytes[_position / 8] >> (_position % 8)) & 1) << i;
            }
            return value;
        }
    }
}
