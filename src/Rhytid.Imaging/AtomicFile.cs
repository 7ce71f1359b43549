using System.Text;

namespace Rhytid.Imaging;

/// <summary>Writes files whole or not at all: to a temporary name beside the target, then renamed.</summary>
public static class AtomicFile
{
    /// <summary>Writes bytes; the target is replaced only when all of them are on disk.</summary>
    /// <exception cref="ImageException">The place cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
                stream.Write(bytes);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
            throw new ImageException($"cannot write {path} ({Reason(error)})", error);
        }
    }

    /// <summary>Writes text as UTF-8.</summary>
    /// <exception cref="ImageException">The place cannot be written.</exception>
    public static void WriteText(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

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
