using System.Buffers.Binary;

namespace Rhytid.Tests.Shared.Fuzzing;

/// <summary>Damages files the way that finds bugs in readers. The same random numbers make the same damage.</summary>
internal sealed class Mutator(Random random, IReadOnlyList<byte[]> seeds)
{
    private const int MaxLength = 1 << 20;

    private static readonly long[] Interesting =
    [
        0, 1, -1, 2, 7, 16, 63, 64, 65, 127, 128, 255, 256, 1000, 4096, 32767, 32768, 65535, 65536, 100_000_000,
        int.MaxValue,
            int.MinValue, uint.MaxValue, (long)uint.MaxValue + 1, long.MaxValue, long.MinValue, long.MaxValue / 2,
            long.MaxValue / 8,
        ];

    public byte[] Next()
    {
        var bytes = Pick().ToList();
        // Few changes mostly: a file that is wrong in one place gets deepest.
        var changes = random.Next(10) switch { < 7 => 1, < 9 => random.Next(2, 4), _ => random.Next(4, 17) };
        for (; changes > 0; changes--)
            Change(bytes);
        return bytes.Count <= MaxLength ? [.. bytes] : [.. bytes.Take(MaxLength)];
    }

    private byte[] Pick() => seeds[random.Next(seeds.Count)];

    private void Change(List<byte> bytes)
    {
        if (bytes.Count == 0)
        {
            bytes.Add((byte)random.Next(256));
            return;
        }
        // What keeps the length keeps most of a file sound, so it comes more often.
        switch (random.Next(16))
        {
            case < 4: FlipBit(bytes); break;
            case < 6: bytes[Position(bytes)] = (byte)random.Next(256); break;
            case < 9: WriteInteger(bytes); break;
            case < 11: ChangeDigits(bytes); break;
            case 11: bytes.RemoveRange(Chunk(bytes, out var deleted), deleted); break;
            case 12: Duplicate(bytes); break;
            case 13: Swap(bytes); break;
            case 14: Truncate(bytes); break;
            default: Splice(bytes); break;
        }
    }

    private int Position(List<byte> bytes) => random.Next(bytes.Count);

    private int Chunk(List<byte> bytes, out int length)
    {
        var start = Position(bytes);
        length = Math.Min(bytes.Count - start, 1 + random.Next(random.Next(4) == 0 ? 256 : 8));
        return start;
    }

    private void FlipBit(List<byte> bytes) => bytes[Position(bytes)] ^= (byte)(1 << random.Next(8));

    private void Truncate(List<byte> bytes)
    {
        var keep = Position(bytes);
        bytes.RemoveRange(keep, bytes.Count - keep);
    }

    private void Duplicate(List<byte> bytes)
    {
        var chunk = bytes.GetRange(Chunk(bytes, out var length), length);
        var times = random.Next(8) == 0 ? random.Next(64) : 1;
        for (var at = Position(bytes); times > 0; times--)
            bytes.InsertRange(at, chunk);
    }

    private void Swap(List<byte> bytes)
    {
        var (a, b) = (Chunk(bytes, out var lengthA), Chunk(bytes, out var lengthB));
        for (var i = 0; i < Math.Min(lengthA, lengthB); i++)
            (bytes[a + i], bytes[b + i]) = (bytes[b + i], bytes[a + i]);
    }

    private void WriteInteger(List<byte> bytes)
    {
        Span<byte> integer = stackalloc byte[8];
        var value = Interesting[random.Next(Interesting.Length)] + (random.Next(4) == 0 ? random.Next(-2, 3) : 0);
        // Lengths often stand near the truth: the file's own length, or what is left of it.
        var at = Position(bytes);
        if (random.Next(4) == 0)
            value = bytes.Count - (random.Next(2) == 0 ? 0 : at) + random.Next(-9, 10);
        if (random.Next(3) == 0)
            BinaryPrimitives.WriteInt64BigEndian(integer, value << (random.Next(2) * 32));
        else
            BinaryPrimitives.WriteInt64LittleEndian(integer, value);
        var width = Math.Min(1 << random.Next(4), bytes.Count - at);
        for (var i = 0; i < width; i++)
            bytes[at + i] = integer[i];
    }

    /// <summary>Numbers in text (JSON, Python literals) get another value.</summary>
    private void ChangeDigits(List<byte> bytes)
    {
        var at = Position(bytes);
        while (at < bytes.Count && bytes[at] is < (byte)'0' or > (byte)'9')
            at++;
        var end = at;
        while (end < bytes.Count && bytes[end] is >= (byte)'0' and <= (byte)'9')
            end++;
        if (at == bytes.Count)
            return;
        bytes.RemoveRange(at, end - at);
        bytes.InsertRange(at, System.Text.Encoding.ASCII.GetBytes($"{Interesting[random.Next(Interesting.Length)]}"));
    }

    private void Splice(List<byte> bytes)
    {
        var other = Pick();
        if (other.Length == 0)
            return;
        var start = random.Next(other.Length);
        var at = Position(bytes);
        var tail = random.Next(2) == 0;
        var length = tail ? other.Length - start : Math.Min(other.Length - start, 1 + random.Next(64));
        if (tail)
            bytes.RemoveRange(at, bytes.Count - at);
        bytes.InsertRange(at, other.AsSpan(start, length).ToArray());
    }
}
