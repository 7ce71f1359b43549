namespace Rhytid.Training.Yaml;

/// <summary>Suggestions for misspelled words.</summary>
internal static class Spelling
{
    /// <summary>" (did you mean 'x'?)" with the nearest known word, or nothing where none is near.</summary>
    public static string Hint(string word, IEnumerable<string> known)
    {
        var nearest = known.MinBy(name => Distance(word, name));
        var isNear = nearest is not null && Distance(word, nearest) <= Math.Max(1, word.Length / 3);
        return isNear ? $" (did you mean '{nearest}'?)" : "";
    }

    // Levenshtein's distance.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
