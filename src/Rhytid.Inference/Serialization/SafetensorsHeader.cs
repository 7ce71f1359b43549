using System.Text.Json;
using System.Text.Unicode;

namespace Rhytid.Inference.Serialization;

/// <summary>
/// The JSON at the head of a safetensors file: for each tensor its type, shape and place. Checked as the format
/// demands: no key twice, and the tensors cover the bytes after the header without holes or overlaps.
/// </summary>
internal sealed class SafetensorsHeader
{
    public const string MetadataKey = "__metadata__";

    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 4 };

    private readonly HashSet<string> _names = [];

    private SafetensorsHeader()
    {
    }

    public Dictionary<string, string> Metadata { get; } = [];

    /// <summary>By place in the file. Offsets count from the end of the header.</summary>
    public List<Entry> Entries { get; private set; } = [];

    /// <param name="json">The header.</param>
    /// <param name="dataLength">Bytes after the header.</param>
    /// <exception cref="InvalidDataException">The header is damaged or contradicts the file.</exception>
    public static SafetensorsHeader Read(ReadOnlySpan<byte> json, long dataLength)
    {
        if (!Utf8.IsValid(json))
            throw new InvalidDataException("the safetensors header is not UTF-8 text");
        if (!json.StartsWith("{"u8))
            throw new InvalidDataException("the safetensors header does not start with '{'");
        var header = new SafetensorsHeader();
        try
        {
            header.ReadObject(json);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException("the safetensors header is not valid JSON", error);
        }
        catch (InvalidOperationException error)
        {
            // The JSON reader's answer to half a surrogate pair in an escape.
            throw new InvalidDataException("the safetensors header holds a broken \\u escape", error);
        }
        header.CheckCoverage(dataLength);
        return header;
    }

    private void ReadObject(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Strict);
        reader.Read();
        while (NextKey(ref reader, out var name))
        {
            if (!_names.Add(name))
                throw new InvalidDataException($"the safetensors header names '{Printable.Clip(name)}' twice");
            if (name == MetadataKey)
                ReadMetadata(ref reader);
            else
                Entries.Add(ReadEntry(ref reader, name));
        }
        if (reader.Read())
            throw new InvalidDataException("the safetensors header goes on after its end");
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject, MetadataKey);
        while (NextKey(ref reader, out var key))
        {
            Expect(ref reader, JsonTokenType.String, MetadataKey);
            if (!Metadata.TryAdd(key, reader.GetString()!))
                throw new InvalidDataException($"the safetensors metadata names '{Printable.Clip(key)}' twice");
        }
    }

    private static Entry ReadEntry(ref Utf8JsonReader reader, string name)
    {
        DType? type = null;
        List<long>? shape = null, offsets = null;
        Expect(ref reader, JsonTokenType.StartObject, name);
        while (NextKey(ref reader, out var key))
        {
            switch (key)
            {
                case "dtype" when type is null:
                    Expect(ref reader, JsonTokenType.String, name);
                    type = SafetensorsTypes.Parse(name, reader.GetString()!);
                    break;
                case "shape" when shape is null:
                    shape = ReadIntegers(ref reader, name);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadIntegers(ref reader, name);
                    break;
                default:
                    throw new InvalidDataException(
                        $"the safetensors header says '{Printable.Clip(key)}' of tensor '{Printable.Clip(name)}' twice or outside the format");
            }
        }
        if (type is null || shape is null || offsets is not { Count: 2 })
            throw new InvalidDataException(
                $"the safetensors header lacks dtype, shape or two data_offsets of tensor '{Printable.Clip(name)}'");
        var bytes = TensorSize.Bytes(name, shape, type.Value);
        if (offsets[0] < 0 || offsets[1] < offsets[0] || offsets[1] - offsets[0] != bytes)
            throw new InvalidDataException(
                $"tensor '{Printable.Clip(name)}' ({SafetensorsTypes.Name(type.Value)}, {Printable.Shape(shape)}) needs {bytes} bytes, "
                + $"but the header gives it {offsets[0]} to {offsets[1]}");
        return new Entry(name, type.Value, [.. shape], offsets[0], bytes);
    }

    private static List<long> ReadIntegers(ref Utf8JsonReader reader, string name)
    {
        Expect(ref reader, JsonTokenType.StartArray, name);
        var result = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number
                || !reader.TryGetInt64(out var value)
                || result.Count > TensorSize.MaxDimensions)
                throw new InvalidDataException(
                    $"the safetensors header has a wrong shape or offset for tensor '{Printable.Clip(name)}'");
            result.Add(value);
        }
        return result;
    }

    private static bool NextKey(ref Utf8JsonReader reader, out string key)
    {
        reader.Read();
        key = reader.TokenType == JsonTokenType.PropertyName ? reader.GetString()! : "";
        return reader.TokenType == JsonTokenType.PropertyName;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string where)
    {
        if (!reader.Read() || reader.TokenType != type)
            throw new InvalidDataException(
                $"the safetensors header has something else where a {type} belongs, at '{Printable.Clip(where)}'");
    }

    private void CheckCoverage(long dataLength)
    {
        // A stable sort: empty tensors at one place stay in the header's order.
        Entries = [.. Entries.OrderBy(entry => entry.Offset).ThenBy(entry => entry.Length)];
        var end = 0L;
        foreach (var entry in Entries)
        {
            if (entry.Offset != end)
                throw new InvalidDataException(
                    $"tensor '{Printable.Clip(entry.Name)}' starts at byte {entry.Offset} where {end} is due: the tensors overlap or leave a hole");
            end += entry.Length;
        }
        if (end > dataLength)
            throw new InvalidDataException(
                $"the file is cut off: {end} bytes of tensors are declared, {dataLength} are there");
        if (end < dataLength)
            throw new InvalidDataException($"{dataLength - end} bytes at the end of the file belong to no tensor");
    }

    /// <param name="Name">The tensor's name.</param>
    /// <param name="Type">Element type.</param>
    /// <param name="Shape">Sizes.</param>
    /// <param name="Offset">First byte, from the end of the header.</param>
    /// <param name="Length">Bytes.</param>
    public readonly record struct Entry(string Name, DType Type, long[] Shape, long Offset, int Length);
}
