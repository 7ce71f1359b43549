using System.Globalization;
using System.Text.RegularExpressions;

namespace Rhytid.Cli.Commands.Training;

/// <summary>Times as people write them: 45m, 2h30m, 90s.</summary>
internal static partial class Durations
{
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var match = Form().Match(text);
        if (!match.Success || text.Length == 0)
            return false;
        double Part(string name) =>
            match.Groups[name].Success ? double.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture) : 0;
        duration = TimeSpan.FromDays(Part("d")) + TimeSpan.FromHours(Part("h")) + TimeSpan.FromMinutes(Part("m"))
            + TimeSpan.FromSeconds(Part("s"));
        return duration > TimeSpan.Zero;
    }

    [GeneratedRegex(@"^((?<d>\d{1,3})d)?((?<h>\d{1,4})h)?((?<m>\d{1,6})m)?((?<s>\d{1,7})s)?$")]
    private static partial Regex Form();
}
