using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rhytid.Torch.Serialization;

/// <summary>
/// Writes safetensors files, laid out as the reference writer does: by element type from the widest alignment down, then by name;
/// the header padded to 8 bytes. The same tensors give the same bytes, in whatever order they come.
/// </summary>
public static class SafetensorsWriter
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a file whole or not at all. The tensors' bytes go straight to it; none are copied.</summary>
    /// <param name="path">Replaced only when everything is on disk.</param>
    /// <param name="tensors">In any order; each name once.</param>
    /// <param name="metadata">Notes of the writer's own; null for none.</param>
    /// <exception cref="ArgumentException">A name comes twice or is reserved, or a tensor's bytes do not fit its shape.</exception>
    /// <exception cref="IOException">The place cannot be written; nothing is left behind then.</exception>
    public static void Write(string path, IEnumerable<StoredTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        var sorted = InFileOrder(tensors);
        var header = Header(sorted, metadata);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var tensor in sorted)
                stream.Write(tensor.Bytes.Span);
        });
    }

    private static List<StoredTensor> InFileOrder(IEnumerable<StoredTensor> tensors)
    {
        var names = new HashSet<string>();
        var keyed = new List<(byte[] Name, StoredTensor Tensor)>();
        foreach (var tensor in tensors)
        {
            if (tensor.Name == SafetensorsHeader.MetadataKey)
                throw new ArgumentException($"a tensor cannot be called {SafetensorsHeader.MetadataKey}", nameof(tensors));
            if (!names.Add(tensor.Name))
                throw new ArgumentException($"two tensors are called '{tensor.Name}'", nameof(tensors));
            StoredTensors.RequireConsistent(tensor, nameof(tensors));
            keyed.Add((Encoding.UTF8.GetBytes(tensor.Name), tensor));
        }
        keyed.Sort((a, b) =>
            SafetensorsTypes.Rank(b.Tensor.Type).CompareTo(SafetensorsTypes.Rank(a.Tensor.Type)) is var byType and not 0
                ? byType
                : a.Name.AsSpan().SequenceCompareTo(b.Name));
        return keyed.ConvertAll(entry => entry.Tensor);
    }

    private static byte[] Header(List<StoredTensor> tensors, IReadOnlyDictionary<string, string>? metadata)
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
                offset += tensor.Bytes.Length;
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

    private static void WriteEntry(Utf8JsonWriter json, StoredTensor tensor, long offset)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", SafetensorsTypes.Name(tensor.Type));
        json.WriteStartArray("shape");
        foreach (var size in tensor.Shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset + tensor.Bytes.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
