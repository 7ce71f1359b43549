using System.Buffers.Binary;
using System.Numerics;

namespace Rhytid.Torch.Serialization.Pickle;

/// <summary>
/// The container before PyTorch 1.6: five pickles in a row (magic number, protocol version, the writer's machine, the
/// object, the storages' keys), then for each key the number of elements and the elements.
/// </summary>
internal static class LegacyContainer
{
    private const long ProtocolVersion = 1001;

    private static readonly BigInteger MagicNumber = BigInteger.Parse("119547037146038801333356");

    /// <summary>True for a file's first bytes when they are a pickle of the magic number.</summary>
    public static bool IsMagic(ReadOnlySpan<byte> start) =>
        start.IndexOf(
            (ReadOnlySpan<byte>)[
                0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'
            ]) is 2 or 11
        || start.StartsWith("L119547037146038801333356L\n."u8);

    /// <param name="stream">The whole file, seekable, at its start.</param>
    /// <returns>The root value; its storages are filled.</returns>
    public static object? Read(Stream stream)
    {
        if (new PickleReader(stream).Read() is not BigInteger magic || magic != MagicNumber)
            throw new InvalidDataException("this is no file of torch.save: the magic number is missing");
        if (new PickleReader(stream).Read() is not ProtocolVersion)
            throw new InvalidDataException(
                $"the file's version is not {ProtocolVersion}, the only one of this container");
        if (new PickleReader(stream).Read() is PickleDict machine
            && machine.Items.Any(item => item is { Key: "little_endian", Value: false }))
            throw new InvalidDataException(
                "the file was written on a big-endian machine; only little-endian files are read");
        var reader = new PickleReader(stream);
        var root = reader.Read();
        if (new PickleReader(stream).Read() is not PickleList keys)
            throw new InvalidDataException("the file's list of storages is damaged");
        FillStorages(stream, keys, reader.Storages);
        return root;
    }

    private static void FillStorages(
        Stream stream, PickleList keys, IReadOnlyDictionary<string, PickleStorage> storages)
    {
        var filled = new HashSet<string>();
        Span<byte> count = stackalloc byte[8];
        foreach (var key in keys.Items)
        {
            if (key is not string name || !storages.TryGetValue(name, out var storage) || !filled.Add(name))
                throw new InvalidDataException("the file's list of storages does not fit its tensors");
            stream.ReadExactly(count);
            var elements = BinaryPrimitives.ReadInt64LittleEndian(count);
            if (elements != storage.ByteLength / storage.ElementSize)
                throw new InvalidDataException(
                    $"storage '{Printable.Clip(name)}' has {elements} elements where its tensors need {storage.ByteLength / storage.ElementSize}");
            if (storage.ByteLength > stream.Length - stream.Position)
                throw new InvalidDataException("the file is cut off");
            var bytes = new byte[storage.ByteLength];
            stream.ReadExactly(bytes);
            storage.Bytes = bytes;
        }
        if (filled.Count != storages.Count)
            throw new InvalidDataException("the file's list of storages does not fit its tensors");
    }
}
