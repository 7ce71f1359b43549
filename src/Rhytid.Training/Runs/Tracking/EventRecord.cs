using System.Buffers.Binary;
using System.Numerics;

namespace Rhytid.Training.Runs.Tracking;

/// <summary>
/// The frame around each event in a TensorBoard file (TFRecord): length, its checksum, the bytes, their checksum; all
/// little-endian.
/// </summary>
internal static class EventRecord
{
    // Checksums of data that hold checksums are weak; so TFRecord turns and shifts them (LevelDB's log format does the
    // same).
    private const uint MaskDelta = 0xA282EAD8;

    public static byte[] Frame(ReadOnlySpan<byte> data)
    {
        const int Header = sizeof(ulong) + sizeof(uint);
        var record = new byte[Header + data.Length + sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(
            record.AsSpan(sizeof(ulong)), Checksum(record.AsSpan(0, sizeof(ulong))));
        data.CopyTo(record.AsSpan(Header));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(Header + data.Length), Checksum(data));
        return record;
    }

    private static uint Checksum(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
            crc = BitOperations.Crc32C(crc, value);
        crc = ~crc;
        return BitOperations.RotateRight(crc, 15) + MaskDelta;
    }
}
