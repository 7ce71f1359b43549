using System.Text;

namespace Rhytid.Training.Tests.Runs.Tracking;

/// <summary>
/// Reads TensorBoard's event files from the published formats alone (TFRecord, CRC-32C by its polynomial, protobuf's
/// wire format): it shares no code with the writer.
/// </summary>
internal static class EventReader
{
    public sealed record Event(
        double WallTime, long Step, string? Version, IReadOnlyList<(string Tag, float? Number, byte[]? Png)> Values);

    public static IReadOnlyList<Event> Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var events = new List<Event>();
        for (var at = 0; at < bytes.Length;)
        {
            var length = (int)BitConverter.ToUInt64(bytes, at);
            Assert.Equal(Masked(bytes.AsSpan(at, 8)), BitConverter.ToUInt32(bytes, at + 8));
            var data = bytes.AsSpan(at + 12, length);
            Assert.Equal(Masked(data), BitConverter.ToUInt32(bytes, at + 12 + length));
            events.Add(ReadEvent(data.ToArray()));
            at += 16 + length;
        }
        return events;
    }

    private static Event ReadEvent(byte[] data)
    {
        var (wall, step, version, values) =
            (0.0, 0L, (string?)null, new List<(string Tag, float? Number, byte[]? Png)>());
        foreach (var (field, value) in Fields(data))
        {
            switch (field)
            {
                case 1: wall = BitConverter.ToDouble(value); break;
                case 2: step = BitConverter.ToInt64(value); break;
                case 3: version = Encoding.UTF8.GetString(value); break;
                case 5: values.AddRange(Fields(value).Select(entry => ReadValue(entry.Value))); break;
                default: Assert.Fail($"field {field} is none of an event's"); break;
            }
        }
        return new Event(wall, step, version, values);
    }

    private static (string Tag, float? Number, byte[]? Png) ReadValue(byte[] data)
    {
        var (tag, number, png) = ("", (float?)null, (byte[]?)null);
        foreach (var (field, value) in Fields(data))
        {
            switch (field)
            {
                case 1: tag = Encoding.UTF8.GetString(value); break;
                case 2: number = BitConverter.ToSingle(value); break;
                case 4: png = Fields(value).Single(entry => entry.Field == 4).Value; break;
                default: Assert.Fail($"field {field} is none of a value's"); break;
            }
        }
        return (tag, number, png);
    }

    private static List<(int Field, byte[] Value)> Fields(byte[] data)
    {
        var fields = new List<(int Field, byte[] Value)>();
        for (var at = 0; at < data.Length;)
        {
            var key = Varint(data, ref at);
            var value = (key & 7) switch
            {
                0 => BitConverter.GetBytes(Varint(data, ref at)),
                1 => Take(data, ref at, 8),
                2 => Take(data, ref at, (int)Varint(data, ref at)),
                5 => Take(data, ref at, 4),
                _ => throw new InvalidDataException($"wire type {key & 7}"),
            };
            fields.Add(((int)(key >> 3), value));
        }
        return fields;
    }

    private static byte[] Take(byte[] data, ref int at, int count)
    {
        at += count;
        return data[(at - count)..at];
    }

    private static ulong Varint(byte[] data, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = data[at++];
            value |= (ulong)(part & 127) << shift;
            if (part < 128)
                return value;
        }
    }

    private static uint Masked(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
        }
        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
    }
}
