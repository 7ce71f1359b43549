using System.CommandLine;

namespace Rhytid.Cli.Commands.Data;

/// <summary>Arguments that several data commands share.</summary>
internal static class DataArguments
{
    /// <summary>One data set.</summary>
    public static Argument<string> Folder() => new("DIR") { Description = "The data set's folder." };

    /// <summary>One or more data sets.</summary>
    public static Argument<string[]> Folders() => new("DIR") { Description = "Folders of data sets.", Arity = ArgumentArity.OneOrMore };

    public static Option<int> PngLevel() => CommonOptions.Validated(new Option<int>("--png-level") { Description = "How hard PNG files are compressed, 0 to 9.", HelpName = "N", DefaultValueFactory = _ => 3 },
        value => value is >= 0 and <= 9 ? null : "--png-level must be 0 to 9");
}
