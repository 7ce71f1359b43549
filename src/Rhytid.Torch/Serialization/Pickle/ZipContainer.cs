using System.IO.Compression;
using System.Text;

namespace Rhytid.Torch.Serialization.Pickle;

/// <summary>
/// The container of PyTorch 1.6 and later: a zip with NAME/data.pkl, NAME/byteorder and one entry NAME/data/KEY per
/// storage, all stored as they are. Compressed entries are refused: PyTorch writes none, and they are how a small file
/// becomes a large one.
/// </summary>
internal static class ZipContainer
{
    private const long MaxPickleBytes = 64L << 20;

    /// <param name="stream">The whole file, seekable.</param>
    /// <returns>The root value; its storages are filled.</returns>
    public static object? Read(Stream stream)
    {
        using var zip = Try(() => new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true));
        return Read(zip, stream.Length);
    }

    private static object? Read(ZipArchive zip, long fileLength)
    {
        var entries = new Dictionary<string, ZipArchiveEntry>();
        foreach (var entry in Try(() => zip.Entries))
            if (!entries.TryAdd(entry.FullName, entry))
                throw new InvalidDataException($"the zip archive holds '{Printable.Clip(entry.FullName)}' twice");
        var folder = Folder(entries);
        if (entries.TryGetValue(folder + "byteorder", out var order)
            && Encoding.ASCII.GetString(ReadAll(order, 16)) is var name
            && name.Trim() != "little")
            throw new InvalidDataException(
                $"the file's byte order is '{Printable.Clip(name)}'; only little-endian files are read");
        if (entries.ContainsKey(folder + "constants.pkl"))
            throw new InvalidDataException(
                "this is a TorchScript program; only state dictionaries can be read; in Python: torch.save(model.state_dict(), path)");
        var reader =
            new PickleReader(new MemoryStream(ReadAll(entries[folder + "data.pkl"], MaxPickleBytes), writable: false));
        var root = reader.Read();
        var left = fileLength;
        foreach (var storage in reader.Storages.Values)
        {
            if (storage.ByteLength == 0)
                continue;
            if (!entries.TryGetValue($"{folder}data/{storage.Key}", out var entry))
                throw new InvalidDataException(
                    $"the zip archive lacks '{folder}data/{Printable.Clip(storage.Key)}', a storage that its tensors need");
            if (entry.Length != storage.ByteLength)
                throw new InvalidDataException(
                    $"'{Printable.Clip(entry.FullName)}' in the zip archive has {entry.Length} bytes where its tensors need {storage.ByteLength}");
            RequireStored(entry);
            // Entries that overlap in the archive could together be larger than the file.
            left -= storage.ByteLength;
            if (left < 0)
                throw new InvalidDataException("the storages that the file declares are larger than the file");
            storage.Bytes = ReadAll(entry, storage.ByteLength);
        }
        return root;
    }

    private static string Folder(Dictionary<string, ZipArchiveEntry> entries)
    {
        const string Pickle = "/data.pkl";
        var found = entries.Keys.Where(name => name.EndsWith(Pickle, StringComparison.Ordinal)).ToList();
        if (found.Count == 1)
            return found[0][..^(Pickle.Length - 1)];
        if (found.Count > 1)
            throw new InvalidDataException("the zip archive holds several data.pkl");
        throw new InvalidDataException(entries.Keys.Any(name => name.EndsWith(".npy", StringComparison.Ordinal))
            ? "this is a NumPy .npz archive, which is not read; unpack it and read its .npy files"
            : "this is a zip archive, but not one of PyTorch's: it holds no data.pkl");
    }

    private static void RequireStored(ZipArchiveEntry entry)
    {
        if (entry.IsEncrypted)
            throw new InvalidDataException($"'{Printable.Clip(entry.FullName)}' in the zip archive is encrypted");
        if (entry.CompressedLength != entry.Length)
            throw new InvalidDataException(
                $"'{Printable.Clip(entry.FullName)}' in the zip archive is compressed, which PyTorch never does; save the file again with torch.save");
    }

    private static byte[] ReadAll(ZipArchiveEntry entry, long limit)
    {
        RequireStored(entry);
        if (entry.Length > limit)
            throw new InvalidDataException(
                $"'{Printable.Clip(entry.FullName)}' in the zip archive has {entry.Length} bytes; the limit is {limit}");
        return Try(() =>
        {
            using var stream = entry.Open();
            var bytes = new byte[entry.Length];
            stream.ReadExactly(bytes);
            return bytes;
        });
    }

    // The zip reader has many names for damage.
    private static T Try<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException or NotSupportedException
            or IOException)
        {
            throw new InvalidDataException($"the zip archive is cut off or damaged ({error.Message})", error);
        }
    }
}
