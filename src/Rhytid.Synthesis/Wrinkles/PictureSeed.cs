using System.Globalization;
using System.Text;

namespace Rhytid.Synthesis.Wrinkles;

/// <summary>
/// The seed of one picture, from its own name alone: neither other photos nor the order of work change it.
/// </summary>
public static class PictureSeed
{
    /// <summary>FNV-1a (Fowler, Noll and Vo) of seed, face and number.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="face">What the photo is called.</param>
    /// <param name="number">Which picture of this photo, from 0.</param>
    public static int Compute(int seed, string face, int number)
    {
        ArgumentNullException.ThrowIfNull(face);
        var hash = 2166136261u;
        foreach (var part in
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}/{number}/{face}")))
            hash = (hash ^ part) * 16777619u;
        return unchecked((int)hash);
    }
}
