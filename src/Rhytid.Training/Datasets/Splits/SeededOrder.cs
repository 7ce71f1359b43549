using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rhytid.Training.Datasets.Splits;

/// <summary>
/// Puts names into an order that looks random but is a matter of arithmetic: by the SHA-256 of seed and name. Anybody
/// can compute it again in any language, and a name that is added or taken away leaves the order of the others as it
/// was.
/// </summary>
internal static class SeededOrder
{
    public static IEnumerable<T> Shuffle<T>(IEnumerable<T> items, int seed, Func<T, string> name) =>
        items.OrderBy(item => Key(seed, name(item)), StringComparer.Ordinal);

    private static string Key(int seed, string name) =>
        Convert.ToHexString(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}:{name}"))));
}
