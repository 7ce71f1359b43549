using System.CommandLine;
using Rhytid.Training.Datasets.Preparation;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Cli.Commands.Data;

/// <summary><c>--output</c> of commands that write a whole set.</summary>
internal static class PlainSetOutput
{
    private const string SettingsFile = "settings.json";

    // What PlainSet makes.
    private static readonly string[] Folders = ["images", "masks", "scored_regions", "skin_masks"];

    public static Option<string> Option() =>
        new("--output", "-o")
        {
            Description =
                "The new set's folder: images/ and masks/; scored_regions/ and skin_masks/ where there are any.",
            HelpName = "DIR",
            Required = true
        };

    /// <exception cref="CommandException">The new set would be written over one that is read.</exception>
    public static void RequireOther(string target, IEnumerable<WrinkleDataset> sets)
    {
        foreach (var set in sets)
        {
            OutputGuard.RequireOther(target, set.Folder);
            OutputGuard.Require(target, set.ReadFolders, Folders);
        }
    }

    /// <summary>Makes sure that the folder holds nothing but this set, and writes down what it is made with.</summary>
    /// <exception cref="DatasetException">It holds another set, or this one made otherwise.</exception>
    public static void Claim(
        string target, PlainSet set, IReadOnlyList<FileJob> files, IReadOnlyDictionary<string, string> settings,
        JobChoices jobs)
    {
        if (set.Strangers(files) is { Count: > 0 } strangers)
            throw new DatasetException(
                $"{target}: holds {strangers.Count} files of another set, such as {strangers[0]}; use another folder");
        RunSettings.Claim(Path.Combine(target, SettingsFile), settings, jobs.Overwrite && jobs.Shard.Count == 1);
    }
}
