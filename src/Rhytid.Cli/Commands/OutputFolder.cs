using Rhytid.Imaging;

namespace Rhytid.Cli.Commands;

/// <summary>Folders for results, made when missing.</summary>
internal static class OutputFolder
{
    /// <summary>Makes the folder in which a file is going to lie.</summary>
    /// <exception cref="ImageException">It cannot be made.</exception>
    public static void Make(string file) => AtomicFile.MakeFolder(Path.GetDirectoryName(Path.GetFullPath(file))!);
}
