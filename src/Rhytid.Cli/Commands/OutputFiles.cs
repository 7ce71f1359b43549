using Rhytid.Imaging;
using Rhytid.Torch.Serialization;

namespace Rhytid.Cli.Commands;

/// <summary>Numbers with their noun: 1 photo, 2 photos.</summary>
internal static class Counted
{
    /// <summary>The number and the noun, which takes an s unless the number is 1.</summary>
    public static string Of(int count, string noun) =>
        FormattableString.Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>The number and <c>was</c> or <c>were</c>.</summary>
    public static string Were(int count) => FormattableString.Invariant($"{count} {(count == 1 ? "was" : "were")}");
}

/// <summary>Folders for results, made when missing.</summary>
internal static class OutputFolder
{
    /// <summary>Makes the folder in which a file is going to lie.</summary>
    /// <exception cref="OutputException">It cannot be made.</exception>
    public static void Make(string file) =>
        AtomicFile.MakeFolder(Path.GetDirectoryName(Path.GetFullPath(file))!);

    /// <summary>Writes a text file where the user named one.</summary>
    public static void WriteText(string? file, Func<string> text)
    {
        if (file is null)
            return;
        Make(file);
        AtomicFile.WriteText(file, text());
    }
}

/// <summary>Opens weight files with one-line errors.</summary>
internal static class CheckpointFiles
{
    private const string Safetensors = ".safetensors";
    private static readonly string[] Extensions = [Safetensors, ".pth", ".pt", ".onnx"];
    private static readonly string[] SystemFolders = ["/dev/", "/proc/", "/sys/"];

    public static CheckpointFile Open(string path) => Guard(path, CheckpointFile.Open);

    /// <summary>Runs what reads a weight file; a file that is missing or cannot be read is one line.</summary>
    public static T Guard<T>(string path, Func<string, T> read)
    {
        if (Directory.Exists(path))
            throw new CommandException($"{path} is a folder; name one weight file");
        if (!File.Exists(path))
            throw new CommandException($"{path}: there is no such file");
        try
        {
            return read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path}: cannot be read ({e.Message})", ExitCodes.SomeFailed);
        }
    }

    /// <summary>Writes a file with one-line errors.</summary>
    public static void Write(string path, Action<string> write)
    {
        try
        {
            // A link stays a link: what it points to is replaced.
            write(File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var reason = e is UnauthorizedAccessException ? "permission denied" : e.Message.TrimEnd('.');
            throw new CommandException($"{path}: cannot be written ({reason})", ExitCodes.SomeFailed);
        }
    }

    /// <summary>Refuses to overwrite, to write where no folder is, and names that would mislead.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="overwrite">Whether a file that is there may go.</param>
    /// <param name="written">The extension of what is written.</param>
    public static void CheckTarget(string path, bool overwrite, string written = Safetensors)
    {
        var extension = Path.GetExtension(path).ToLowerInvariant();
        var kind = written == Safetensors ? "safetensors are" : "an ONNX file is";
        if (extension != written && Extensions.Contains(extension))
            throw new CommandException($"{path}: {kind} written; name the file {written}");
        if (Array.Exists(SystemFolders, folder => Path.GetFullPath(path).StartsWith(folder, StringComparison.Ordinal)))
            throw new CommandException($"{path} is not a place for files");
        if (File.Exists(path) && !overwrite)
            throw new CommandException($"{path} exists already; --overwrite replaces it");
        if (Directory.Exists(path))
            throw new CommandException($"{path} is a folder; name the file to write");
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new CommandException($"{path}: the folder {folder} does not exist");
    }
}
