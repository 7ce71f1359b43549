using System.Globalization;
using Rhytid.Imaging;
using Rhytid.Textures;

namespace Rhytid.Training.Datasets.Preparation;

/// <summary>
/// Thin wrinkle labels from rough ones: somebody paints over a wrinkle, the texture map says which of those pixels are
/// its dark line (WDS).
/// </summary>
public static class SemiAutomaticLabel
{
    /// <summary>Computes the label of one photo.</summary>
    /// <param name="gray">Grey levels of the photo.</param>
    /// <param name="rough">The rough label, of the same size.</param>
    /// <param name="rule">How a pixel is compared with its surroundings.</param>
    /// <returns>Pixels of the rough label that are darker than their surroundings in the inverted, masked texture
    /// map.</returns>
    public static Mask Compute(Plane<byte> gray, Mask rough, AdaptiveRule rule = AdaptiveRule.Gaussian)
    {
        ArgumentNullException.ThrowIfNull(gray);
        ArgumentNullException.ThrowIfNull(rough);
        if (rough.Width != gray.Width || rough.Height != gray.Height)
            throw new ArgumentException(
                $"the rough label has {rough.Width} x {rough.Height} pixels, the photo {gray.Width} x {gray.Height}",
                nameof(rough));
        var inverted = TextureMap.Compute(gray, rough);
        foreach (ref var sample in inverted.Samples)
            sample = (byte)(byte.MaxValue - sample);
        var dark = rule == AdaptiveRule.Gaussian
            ? AdaptiveThreshold.Gaussian(inverted)
            : AdaptiveThreshold.Bradley(inverted);
        // Outside the rough label the map is white and never dark, except where Bradley's rule meets a picture of
        // zeros.
        return dark.And(rough);
    }
}

/// <summary>How semi-automatic labels of a data set are made.</summary>
public sealed record SemiAutomaticOptions
{
    /// <summary>The side at which WDS works.</summary>
    public const int PublishedSize = 640;

    /// <summary>How a pixel is compared with its surroundings.</summary>
    public AdaptiveRule Rule { get; init; }

    /// <summary>
    /// Long side in pixels to which photos and rough labels are brought first; null keeps the photos' own, so that the
    /// labels fit the photos that are there. WDS's is <see cref="PublishedSize"/>.
    /// </summary>
    public int? Size { get; init; }

    /// <summary>What the files depend on, by name.</summary>
    public IReadOnlyDictionary<string, string> ToSettings() => new Dictionary<string, string>
    {
        ["adaptive"] = Rule.ToString(),
        ["size"] = Size?.ToString(CultureInfo.InvariantCulture) ?? "the photos' own",
    };
}
