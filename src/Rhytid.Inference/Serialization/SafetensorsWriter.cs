using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rhytid.Inference.Serialization;

/// <summary>
/// Writes safetensors files, laid out as the reference writer does: by element type from the widest alignment down,
/// then by name; the header padded to 8 bytes. The same tensors give the same bytes, in whatever order they come.
/// </summary>
public static class SafetensorsWriter
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a file whole or not at all. The tensors' bytes go straight to it; none are copied.</summary>
    /// <param name="path">Replaced only when everything is on disk.</param>
    /// <param name="tensors">In any order; each name once.</param>
    /// <param name="metadata">Notes of the writer's own; null for none.</param>
    /// <exception cref="ArgumentException">A name comes twice or is reserved, or a tensor's bytes do not fit its
    /// shape.</exception>
    /// <exception cref="IOException">The place cannot be written; nothing is left behind then.</exception>
    public static void Write(
        string path, IEnumerable<StoredTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        var byName = new Dictionary<string, StoredTensor>();
        foreach (var tensor in tensors)
        {
            StoredTensors.RequireConsistent(tensor, nameof(tensors));
            if (!byName.TryAdd(tensor.Name, tensor))
                throw new ArgumentException($"two tensors are called '{tensor.Name}'", nameof(tensors));
        }
        var sorted = InFileOrder(
            byName.Values.Select(tensor => new TensorOutline(tensor.Name, tensor.Type, tensor.Shape)), nameof(tensors));
        AtomicFile.Write(path, stream => Write(stream, sorted, metadata, outline => byName[outline.Name].Bytes));
    }

    /// <summary>
    /// Writes tensors that are made one after the other, so that a file may be larger than memory. The same layout and
    /// bytes as the other way; whoever owns the stream sees to it that a file appears whole or not at all.
    /// </summary>
    /// <param name="stream">Written from its position on.</param>
    /// <param name="outlines">In any order; each name once.</param>
    /// <param name="make">Gives a tensor's bytes; called once for each, in the file's order: by type, then by name in
    /// UTF-8.</param>
    /// <param name="metadata">Notes of the writer's own; null for none.</param>
    /// <exception cref="ArgumentException">A name comes twice or is reserved, or a tensor's bytes do not fit its
    /// shape.</exception>
    public static void Write(
        Stream stream, IEnumerable<TensorOutline> outlines, Func<TensorOutline, ReadOnlyMemory<byte>> make,
        IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(outlines);
        ArgumentNullException.ThrowIfNull(make);
        Write(stream, InFileOrder(outlines, nameof(outlines)), metadata, outline =>
        {
            var bytes = make(outline);
            StoredTensors.RequireConsistent(
                new StoredTensor(outline.Name, outline.Type, outline.Shape, bytes), nameof(make));
            return bytes;
        });
    }

    private static void Write(
        Stream stream, List<TensorOutline> sorted, IReadOnlyDictionary<string, string>? metadata,
        Func<TensorOutline, ReadOnlyMemory<byte>> bytesOf)
    {
        var header = Header(sorted, metadata);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var outline in sorted)
            stream.Write(bytesOf(outline).Span);
    }

    private static List<TensorOutline> InFileOrder(IEnumerable<TensorOutline> outlines, string parameter)
    {
        var names = new HashSet<string>();
        var keyed = new List<(byte[] Name, TensorOutline Outline)>();
        foreach (var outline in outlines)
        {
            if (outline.Name == SafetensorsHeader.MetadataKey)
                throw new ArgumentException($"a tensor cannot be called {SafetensorsHeader.MetadataKey}", parameter);
            if (!names.Add(outline.Name))
                throw new ArgumentException($"two tensors are called '{outline.Name}'", parameter);
            keyed.Add((Encoding.UTF8.GetBytes(outline.Name), outline));
        }
        keyed.Sort((a, b) =>
            SafetensorsTypes.Rank(b.Outline.Type)
                .CompareTo(SafetensorsTypes.Rank(a.Outline.Type)) is var byType and not 0
                ? byType
                : a.Name.AsSpan().SequenceCompareTo(b.Name));
        return keyed.ConvertAll(entry => entry.Outline);
    }

    private static byte[] Header(List<TensorOutline> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
                WriteMetadata(json, metadata);
            var offset = 0L;
            foreach (var tensor in tensors)
            {
                WriteEntry(json, tensor, offset);
                offset += TensorSize.Bytes(tensor.Name, tensor.Shape, tensor.Type);
            }
            json.WriteEndObject();
        }
        var header = new byte[(buffer.WrittenCount + 7) / 8 * 8];
        header.AsSpan().Fill((byte)' ');
        buffer.WrittenSpan.CopyTo(header);
        return header;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject(SafetensorsHeader.MetadataKey);
        foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, TensorOutline tensor, long offset)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", SafetensorsTypes.Name(tensor.Type));
        json.WriteStartArray("shape");
        foreach (var size in tensor.Shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset + TensorSize.Bytes(tensor.Name, tensor.Shape, tensor.Type));
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
