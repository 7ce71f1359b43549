using System.Text;

namespace Rhytid;

/// <summary>A file or folder cannot be written; the message says which and why.</summary>
public sealed class OutputException : RhytidException
{
    /// <summary>With a message and what caused it.</summary>
    public OutputException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

/// <summary>Writes files whole or not at all: to a temporary name beside the target, then renamed.</summary>
public static class AtomicFile
{
    private const string Unfinished = ".tmp";
    private const int BufferSize = 1 << 16;

    /// <summary>Writes bytes; the target is replaced only when all of them are on disk.</summary>
    /// <exception cref="OutputException">The place cannot be written.</exception>
    public static void Write(string path, byte[] bytes) => WriteAll([(path, bytes)]);

    /// <summary>Writes a file that is too large to be held as bytes, flushed to the disk.</summary>
    /// <exception cref="IOException">The place cannot be written; nothing is left behind then.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var temporary = TemporaryFor(path);
        try
        {
            using (var stream = Create(temporary))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    /// <summary>Writes several files that belong together: none of them appears before all are on disk.</summary>
    /// <exception cref="OutputException">A place cannot be written; nothing is left behind then.</exception>
    public static void WriteAll(IReadOnlyList<(string Path, byte[] Bytes)> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var temporaries = new List<string>(files.Count);
        var path = "";
        try
        {
            foreach (var (target, bytes) in files)
            {
                path = target;
                temporaries.Add(TemporaryFor(target));
                using var stream = Create(temporaries[^1]);
                stream.Write(bytes);
            }
            for (var i = 0; i < files.Count; i++)
            {
                path = files[i].Path;
                File.Move(temporaries[i], path, overwrite: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            temporaries.ForEach(TryDelete);
            throw new OutputException($"cannot write {path} ({Reason(error)})", error);
        }
    }

    /// <summary>Writes text as UTF-8.</summary>
    /// <exception cref="OutputException">The place cannot be written.</exception>
    public static void WriteText(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Makes a folder with all above it.</summary>
    /// <exception cref="OutputException">It cannot be made.</exception>
    public static void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"cannot make the folder {folder} ({Reason(error)})", error);
        }
    }

    /// <summary>
    /// Removes what a killed process left beside files that it was about to write. Nobody else may be writing those
    /// files.
    /// </summary>
    public static void RemoveUnfinished(IEnumerable<string> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        foreach (var folder in
            targets.GroupBy(target => Path.GetDirectoryName(Path.GetFullPath(target))!)
                .Where(folder => Directory.Exists(folder.Key)))
        {
            var names = folder.Select(Path.GetFileName).ToHashSet();
            foreach (var left in Directory.EnumerateFiles(folder.Key, $"*{Unfinished}"))
                if (names.Contains(Path.GetFileNameWithoutExtension(Path.GetFileNameWithoutExtension(left))))
                    TryDelete(left);
        }
    }

    private static string TemporaryFor(string path) => $"{path}.{Guid.NewGuid():N}{Unfinished}";

    private static FileStream Create(string path) =>
        new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize);

    private static string Reason(Exception error) => error switch
    {
        UnauthorizedAccessException => "permission denied",
        DirectoryNotFoundException => "there is no such folder",
        _ => error.Message,
    };

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report.
        }
    }
}
