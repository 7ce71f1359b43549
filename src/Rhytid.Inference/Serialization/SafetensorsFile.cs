using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Rhytid.Inference.Serialization;

/// <summary>
/// A safetensors file, memory-mapped: opening reads the header only, a tensor's bytes are read when touched. They are
/// valid until the file is disposed; touching them later is an <see cref="ObjectDisposedException"/>. Dispose the file
/// only when no other thread is reading from it, and let no other program cut it shorter meanwhile.
/// </summary>
public sealed class SafetensorsFile : IDisposable
{
    // The reference reader's limit.
    internal const long MaxHeaderBytes = 100_000_000;

    private readonly MappedFile? _mapped;
    private readonly Dictionary<string, StoredTensor> _byName;

    private SafetensorsFile(SafetensorsHeader header, IReadOnlyList<StoredTensor> tensors, MappedFile? mapped)
    {
        Metadata = header.Metadata;
        Tensors = tensors;
        _byName = tensors.ToDictionary(tensor => tensor.Name);
        _mapped = mapped;
    }

    /// <summary>The file's own notes ("format": "pt"); empty where it has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensors in the order of their bytes in the file.</summary>
    public IReadOnlyList<StoredTensor> Tensors { get; }

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="KeyNotFoundException">The file has no such tensor.</exception>
    public StoredTensor this[string name] =>
        TryGet(name, out var tensor) ? tensor : throw new KeyNotFoundException($"the file holds no tensor '{name}'");

    /// <summary>Opens a file.</summary>
    /// <exception cref="CheckpointException">The file is damaged or no safetensors file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SafetensorsFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var mapped = new MappedFile(path);
        try
        {
            return CheckpointException.Guard(path, () => Read(mapped.Length, mapped.Slice, mapped));
        }
        catch
        {
            mapped.Dispose();
            throw;
        }
    }

    /// <summary>Reads a file that is in memory; the tensors point into it.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="CheckpointException">The bytes are damaged or no safetensors file.</exception>
    public static SafetensorsFile Parse(ReadOnlyMemory<byte> bytes, string name = "safetensors") =>
        CheckpointException.Guard(
            name, () => Read(bytes.Length, (offset, length) => bytes.Slice((int)offset, length), mapped: null));

    /// <summary>The tensor of a name, or false.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out StoredTensor? tensor) =>
        _byName.TryGetValue(name, out tensor);

    /// <summary>Closes the file; the tensors' bytes are gone then.</summary>
    public void Dispose() => _mapped?.Dispose();

    private static SafetensorsFile Read(long length, Func<long, int, ReadOnlyMemory<byte>> slice, MappedFile? mapped)
    {
        if (length < 8)
            throw new InvalidDataException("this is no safetensors file: it is shorter than 8 bytes");
        var headerBytes = BinaryPrimitives.ReadUInt64LittleEndian(slice(0, 8).Span);
        if (headerBytes > MaxHeaderBytes)
            throw new InvalidDataException(
                $"this is no safetensors file, or its header is damaged: {headerBytes} bytes long, where the limit is {MaxHeaderBytes}");
        if ((long)headerBytes > length - 8)
            throw new InvalidDataException(
                $"the file is cut off: a header of {headerBytes} bytes in a file of {length}");
        var data = 8 + (long)headerBytes;
        var header = SafetensorsHeader.Read(slice(8, (int)headerBytes).Span, length - data);
        var tensors =
            header.Entries.ConvertAll(
                entry =>
                    new StoredTensor(entry.Name, entry.Type, entry.Shape, slice(data + entry.Offset, entry.Length)));
        return new SafetensorsFile(header, tensors, mapped);
    }
}
