namespace Rhytid.Cli.Commands.Data;

/// <summary>
/// Keeps commands from writing where they read: what they make would be taken for photos or masks of the set.
/// </summary>
internal static class OutputGuard
{
    /// <summary>As <see cref="Require"/>, for a set's own folder, in which other folders may be made.</summary>
    public static void RequireOther(string target, string folder)
    {
        if (Full(target) == Full(folder))
            throw Refusal(target);
    }

    /// <summary>Looks at where a command is going to write, before it writes anything.</summary>
    /// <param name="target">What the user gave with <c>-o</c>.</param>
    /// <param name="reads">Folders that are searched to the bottom: nothing may be written there or below.</param>
    /// <param name="writes">Folders that are made inside <paramref name="target"/>; they may be read ones where it is
    /// not.</param>
    /// <exception cref="CommandException">Something would be written into a set that is read.</exception>
    public static void Require(string target, IReadOnlyList<string> reads, params IEnumerable<string> writes)
    {
        foreach (var place in writes.Select(name => Path.Combine(target, name)).Prepend(target))
        {
            foreach (var folder in reads)
            {
                if (Full(place) == Full(folder))
                    throw Refusal(place);
                if (Full(place).StartsWith(
                    Full(folder).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar,
                    StringComparison.Ordinal))
                    throw new CommandException(
                        $"{place} lies in {folder}, which is a set that is read; give another folder with -o");
            }
        }
    }

    private static CommandException Refusal(string place) =>
        new($"{place} is a set that is read; give another folder with -o");

    private static string Full(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
}
