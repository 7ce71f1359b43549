using System.Globalization;

namespace Rhytid.Training.Datasets.Preparation;

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
