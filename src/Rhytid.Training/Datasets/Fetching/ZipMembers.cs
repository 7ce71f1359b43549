using System.IO.Compression;

namespace Rhytid.Training.Datasets.Fetching;

/// <summary>
/// Takes chosen files out of a zip archive. Names inside it never become paths: what is taken goes where the file of sources
/// says, so an archive cannot write outside its folder. Sizes are counted while unpacking, not believed.
/// </summary>
internal sealed class ZipMembers : IDisposable
{
    private const int BufferBytes = 1 << 16;

    private readonly string _path;
    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry?> _byName = new(StringComparer.Ordinal);

    private ZipMembers(string path, ZipArchive archive)
    {
        (_path, _archive) = (path, archive);
        foreach (var entry in archive.Entries)
        {
            var name = entry.FullName.Replace('\\', '/');
            if (!name.EndsWith('/'))
                _byName[name] = _byName.ContainsKey(name) ? null : entry;
        }
    }

    /// <exception cref="DatasetException">It cannot be read or is no archive.</exception>
    public static ZipMembers Open(string path)
    {
        try
        {
            return new ZipMembers(path, ZipFile.OpenRead(path));
        }
        catch (InvalidDataException error)
        {
            throw new DatasetException($"{path}: this is not a whole zip archive; delete it and fetch it again", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>The ids of all members that a template fits.</summary>
    public IReadOnlyList<string> IdsOf(IdTemplate member) =>
        [.. _byName.Keys.SelectMany(name => Tails(name).Select(member.IdOf).OfType<string>().Take(1)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Unpacks one member; the target appears whole or not at all.</summary>
    /// <param name="member">Its name; an archive with one more folder around everything is understood.</param>
    /// <param name="target">Where to.</param>
    /// <param name="content">What it has to be.</param>
    /// <param name="checksum">What is published of it.</param>
    /// <param name="maxBytes">The most bytes it may have.</param>
    /// <exception cref="TransferException">It is not there, damaged, too large or something else.</exception>
    public void Extract(string member, string target, FileContent content, Checksum checksum, long maxBytes)
    {
        var entry = Find(member);
        if (entry.IsEncrypted)
            throw new TransferException("the archive is locked with a password; unpack it by hand", TransferFault.Refused);
        var temporary = PartFile.PathOf(target);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            {
                Unpack(entry, stream, maxBytes);
                Require(stream, content, checksum);
            }
            File.Move(temporary, target, overwrite: true);
        }
        catch (InvalidDataException error)
        {
            throw new TransferException($"it is damaged inside {Path.GetFileName(_path)}", TransferFault.File, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TransferException($"cannot write {target} ({error.Message})", TransferFault.Refused, error);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public void Dispose() => _archive.Dispose();

    private ZipArchiveEntry Find(string member)
    {
        if (!_byName.TryGetValue(member, out var entry))
        {
            var tail = $"/{member}";
            var matches = _byName.Where(pair => pair.Key.EndsWith(tail, StringComparison.Ordinal)).Take(2).ToList();
            if (matches.Count == 0)
                throw new TransferException($"{Path.GetFileName(_path)} does not hold {member}", TransferFault.File);
            entry = matches.Count == 1 ? matches[0].Value : null;
        }
        return entry ?? throw new TransferException($"{Path.GetFileName(_path)} holds {member} more than once", TransferFault.File);
    }

    private static void Unpack(ZipArchiveEntry entry, FileStream target, long maxBytes)
    {
        using var source = entry.Open();
        var buffer = new byte[BufferBytes];
        for (int count; (count = source.Read(buffer)) > 0;)
        {
            if (target.Length + count > maxBytes)
                throw new TransferException($"it unpacks to more than {ByteSize.Format(maxBytes)}, the limit in the file of sources (max-size)", TransferFault.File);
            target.Write(buffer, 0, count);
        }
    }

    private static void Require(FileStream stream, FileContent content, Checksum checksum)
    {
        var head = new byte[FileContents.HeadBytes];
        stream.Position = 0;
        var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (!FileContents.Starts(content, head.AsSpan(0, length)) || !FileContents.Ends(content, stream))
            throw new TransferException($"what the archive holds is not {FileContents.Name(content)}, or is cut off", TransferFault.File);
        if (checksum.ProblemOf(stream) is { } problem)
            throw new TransferException(problem, TransferFault.File);
    }

    // a/b/c, b/c, c.
    private static IEnumerable<string> Tails(string name)
    {
        yield return name;
        for (var slash = name.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = name.IndexOf('/', slash + 1))
            yield return name[(slash + 1)..];
    }
}
