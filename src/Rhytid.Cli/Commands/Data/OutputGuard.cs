using Rhytid.Training.Datasets.Preparation;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Cli.Commands.Data;

/// <summary>
/// Keeps commands from writing where they read: what they make would be taken for photos or masks of the set.
/// </summary>
internal static class OutputGuard
{
    /// <summary>Looks at where a command is going to write, before it writes anything.</summary>
    /// <param name="target">What the user gave with <c>-o</c>.</param>
    /// <param name="reads">Folders that are searched to the bottom: nothing may be written there or below.</param>
    /// <param name="writes">Folders that are made inside <paramref name="target"/>; they may be read ones where it is
    /// not.</param>
    /// <exception cref="CommandException">Something would be written into a set that is read.</exception>
    public static void Require(string target, IReadOnlyList<string> reads, params IEnumerable<string> writes)
    {
        foreach (var place in writes.Select(name => Path.Combine(target, name)).Prepend(target))
            foreach (var folder in reads)
            {
                RequireOther(place, folder);
                if (Full(place).StartsWith(
                    Full(folder).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar,
                    StringComparison.Ordinal))
                    throw new CommandException(
                        $"{place} lies in {folder}, which is a set that is read; give another folder with -o");
            }
    }

    /// <summary>The same for a set's own folder, in which other folders may be made.</summary>
    public static void RequireOther(string target, string folder)
    {
        if (Full(target) == Full(folder))
            throw new CommandException($"{target} is a set that is read; give another folder with -o");
    }

    /// <summary>A folder's path in one form.</summary>
    public static string Full(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
}

/// <summary><c>--output</c> and <c>--png-level</c> of commands that write a whole set.</summary>
internal sealed class PlainSetOutput(CliCommand command)
{
    // What PlainSet makes.
    private static readonly string[] Folders = ["images", "masks", "scored_regions", "skin_masks"];

    private readonly Setting<string> _output = command.Required(
        "--output, -o", "DIR",
        "The new set's folder: images/ and masks/; scored_regions/ and skin_masks/ where there are any.");
    private readonly Setting<int> _png = command.PngLevel();

    public string Folder => _output;

    /// <exception cref="CommandException">The new set would be written over one that is read.</exception>
    public PlainSet Open(IEnumerable<WrinkleDataset> read)
    {
        foreach (var set in read)
        {
            OutputGuard.RequireOther(Folder, set.Folder);
            OutputGuard.Require(Folder, set.ReadFolders, Folders);
        }
        return new PlainSet(Folder, _png);
    }

    /// <summary>Makes sure that the folder holds nothing but this set, and writes down what it is made with.</summary>
    /// <exception cref="DatasetException">It holds another set, or this one made otherwise.</exception>
    public void Claim(
        PlainSet set, IReadOnlyList<FileJob> files, IReadOnlyDictionary<string, string> settings, JobOptionSet jobs)
    {
        if (set.UnexpectedFiles(files) is { Count: > 0 } strangers)
            throw new DatasetException(
                $"{Folder}: holds {strangers.Count} files of another set, such as {strangers[0]}; use another folder");
        jobs.Claim(Path.Combine(Folder, "settings.json"), settings);
    }
}
