using Rhytid.Torch.Serialization;

namespace Rhytid.Cli.Commands;

/// <summary>Opens weight files with one-line errors.</summary>
internal static class CheckpointFiles
{
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

    /// <summary>Refuses to overwrite and to write where no folder is.</summary>
    public static void CheckTarget(string path, bool overwrite)
    {
        if (File.Exists(path) && !overwrite)
            throw new CommandException($"{path} exists already; --force overwrites it");
        if (Directory.Exists(path))
            throw new CommandException($"{path} is a folder; name the file to write");
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new CommandException($"{path}: the folder {folder} does not exist");
    }
}
