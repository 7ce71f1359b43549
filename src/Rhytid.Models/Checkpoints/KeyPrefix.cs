namespace Rhytid.Models;

/// <summary>
/// Finds what training code has put before the names of a network: <c>model.</c>, <c>module.</c>,
/// <c>model_state_dict.</c>
/// </summary>
internal static class KeyPrefix
{
    private static readonly string[] Wrappers =
    [
        "model", "module", "model_state_dict", "state_dict", "net", "network", "ema", "params"
    ];

    /// <summary>The wrapper under which most names are known; empty for none.</summary>
    public static string Find(IReadOnlyList<string> names, Func<string, bool> isKnown)
    {
        var candidates = new HashSet<string>(StringComparer.Ordinal) { "" };
        foreach (var name in names)
        {
            var end = 0;
            // Wrappers nest: {"model": {"module.inc...": ...}}.
            for (var dot = name.IndexOf('.', end);
                dot >= 0 && Wrappers.Contains(name[end..dot]);
                dot = name.IndexOf('.', end))
                    candidates.Add(name[..(end = dot + 1)]);
        }
        return candidates.OrderBy(candidate => candidate.Length).MaxBy(candidate =>
            names.Count(
                name => name.StartsWith(candidate, StringComparison.Ordinal) && isKnown(name[candidate.Length..])))!;
    }
}
