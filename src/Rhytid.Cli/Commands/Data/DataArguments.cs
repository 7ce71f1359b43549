using System.CommandLine;

namespace Rhytid.Cli.Commands.Data;

/// <summary>Arguments that several data commands share.</summary>
internal static class DataArguments
{
    /// <summary>One data set.</summary>
    public static Argument<string> Folder() => new("DIR") { Description = "The data set's folder." };

    /// <summary>One or more data sets.</summary>
    public static Argument<string[]> Folders() => CommonOptions.Several("DIR", "Folders of data sets.");

    /// <summary>
    /// The folders that were named, each once: twice the same would be compared with itself, or counted double.
    /// </summary>
    /// <exception cref="CommandException">One is named twice.</exception>
    public static string[] Different(string[] folders) =>
        folders.GroupBy(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), StringComparer.Ordinal)
            .FirstOrDefault(same => same.Skip(1).Any()) is { } twice
            ? throw new CommandException($"the folder {twice.First()} is named twice")
            : folders;

    public static Option<int> PngLevel() =>
        CommonOptions.Validated(
            new Option<int>("--png-level")
            {
                Description = "How hard PNG files are compressed, 0 to 9.",
                HelpName = "N",
                DefaultValueFactory = _ => 3
            },
            value => value is >= 0 and <= 9 ? null : "--png-level must be 0 to 9");
}
