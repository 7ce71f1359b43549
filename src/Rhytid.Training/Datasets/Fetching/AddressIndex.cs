using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Rhytid.Training.Datasets.Fetching;

/// <summary>
/// Addresses, sizes and MD5 of pictures from a JSON file like <c>ffhq-dataset-v2.json</c>. Of its quarter of a gigabyte only the
/// wanted pictures' entries are turned into objects.
/// </summary>
internal static class AddressIndex
{
    private const long LargestFile = 1_500_000_000;

    /// <param name="path">The file.</param>
    /// <param name="entry">Which picture of an id: <c>image</c>.</param>
    /// <param name="ids">The wanted ids; those that are numbers may have leading zeros.</param>
    /// <returns>By id; ids that the file does not list are missing.</returns>
    /// <exception cref="DatasetException">The file cannot be read or is no such index.</exception>
    public static Dictionary<string, (Uri Url, Checksum Checksum)> Read(string path, string entry, IEnumerable<string> ids)
    {
        var wanted = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var id in ids)
            wanted.TryAdd(KeyOf(id), id);
        try
        {
            if (new FileInfo(path).Length > LargestFile)
                throw new DatasetException($"{path}: the index is larger than {ByteSize.Format(LargestFile)}");
            return Read(File.ReadAllBytes(path), path, entry, wanted);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{path}: {error.Message}", error);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new DatasetException($"{path}: this is not an index in the layout of ffhq-dataset-v2.json ({error.Message.Split('\n')[0]})", error);
        }
    }

    private static Dictionary<string, (Uri Url, Checksum Checksum)> Read(byte[] json, string path, string entry, Dictionary<string, string> wanted)
    {
        var found = new Dictionary<string, (Uri, Checksum)>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(new ReadOnlySequence<byte>(json));
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new DatasetException($"{path}: this is not an index in the layout of ffhq-dataset-v2.json");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            if (!wanted.TryGetValue(key, out var id))
            {
                reader.Skip();
                continue;
            }
            var picture = JsonElement.ParseValue(ref reader).GetProperty(entry);
            found[id] = (new Uri(picture.GetProperty("file_url").GetString()!), ChecksumOf(picture));
        }
        return found;
    }

    private static Checksum ChecksumOf(JsonElement picture) => new(
        picture.TryGetProperty("file_sha256", out var sha256) ? HashList.Digits(sha256.GetString() ?? "", 64) : null,
        picture.TryGetProperty("file_md5", out var md5) ? HashList.Digits(md5.GetString() ?? "", 32) : null,
        picture.TryGetProperty("file_size", out var size) ? size.GetInt64() : null);

    // The index counts 0, 1, 2; files and lists of ids have five digits.
    private static string KeyOf(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : id;
}
