using System.Globalization;

namespace Rhytid.Cli.Commands;

/// <summary>Numbers with their noun: 1 photo, 2 photos.</summary>
internal static class Counted
{
    /// <summary>The number and the noun, which takes an s unless the number is 1.</summary>
    public static string Of(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>The number and <c>was</c> or <c>were</c>.</summary>
    public static string Were(int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "was" : "were")}");
}
