using System.CommandLine;
using Rhytid.Training.Datasets;

namespace Rhytid.Cli.Commands.Data;

/// <summary><c>--output</c> of commands that write a whole set.</summary>
internal static class PlainSetOutput
{
    /// <summary>What the set was made with, in its folder.</summary>
    public const string SettingsFile = "settings.json";

    public static Option<string> Option() => new("--output", "-o") { Description = "The new set's folder: images/ and masks/; scored_regions/ and skin_masks/ where there are any.", HelpName = "DIR", Required = true };

    /// <exception cref="CommandException">The new set would be written over one that is read.</exception>
    public static void RequireOther(string target, IEnumerable<WrinkleDataset> sets)
    {
        foreach (var set in sets)
            if (Path.TrimEndingDirectorySeparator(Path.GetFullPath(target)) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(set.Folder)))
                throw new CommandException($"{target} is a set that is read; give another folder with -o");
    }
}
