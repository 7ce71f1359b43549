using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Cli.Commands.Data;

/// <summary><c>--layout</c>, <c>--wrinkle-value</c>, <c>--photos</c>: how a folder is read as a data set.</summary>
internal sealed class DatasetOptionSet(CliCommand command)
{
    private readonly Setting<DatasetLayout?> _layout = command.Choice<DatasetLayout?>(
        "--layout", "How the folders are laid out.", null,
        [("auto", null), .. DatasetLayouts.All.Select(layout => (layout.Name, (DatasetLayout?)layout))]);
    private readonly Setting<int?> _wrinkleValue = WrinkleValue(command);
    private readonly Setting<string?> _photos = command.Folder(
        "--photos", "A folder of photos that lie elsewhere, such as FFHQ's.");

    /// <summary><c>--wrinkle-value</c> alone, for commands that read masks without photos.</summary>
    public static Setting<int?> WrinkleValue(CliCommand command) => command.OptionalNumber<int>(
        "--wrinkle-value", "V",
        "The mask value that means wrinkle where masks hold class values; found out unless given.", 1, 255);

    public DatasetOptions Read() => new() { Layout = _layout, WrinkleValue = _wrinkleValue,
        Elsewhere = new ChannelSet<string>().With(Channel.Photo, _photos.Value) };

    public WrinkleDataset Open(string folder) => WrinkleDataset.Open(folder, Read());
}

/// <summary>Arguments that several data commands share.</summary>
internal static class DataArguments
{
    /// <summary>One data set.</summary>
    public static Setting<string> DatasetFolder(this CliCommand command) =>
        command.Argument("DIR", "The data set's folder.");

    /// <summary>One or more data sets.</summary>
    public static Setting<string[]> DatasetFolders(this CliCommand command) =>
        command.ArgumentList("DIR", "Folders of data sets.");

    /// <summary>
    /// The folders that were named, each once: twice the same would be compared with itself, or counted double.
    /// </summary>
    /// <exception cref="CommandException">One is named twice.</exception>
    public static string[] Different(string[] folders) =>
        folders.GroupBy(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), StringComparer.Ordinal)
            .FirstOrDefault(same => same.Skip(1).Any()) is { } twice
            ? throw new CommandException($"the folder {twice.First()} is named twice")
            : folders;
}
