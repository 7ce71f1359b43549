using System.Globalization;
using Rhytid.Textures;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Datasets.Preparation;

/// <summary>How texture maps become weak labels.</summary>
public sealed record WeakLabelOptions
{
    /// <summary>Kernel and rounding of the texture map.</summary>
    public TextureMapOptions Texture { get; init; } = TextureMapOptions.Default;

    /// <summary>Let kernel and sigma grow with the photo's long side / 1024.</summary>
    public bool Scale { get; init; }

    /// <summary>Where the map is kept.</summary>
    public required ISkinSource Skin { get; init; }

    /// <summary>zlib level of the PNG files, 0 to 9.</summary>
    public int PngLevel { get; init; } = 3;

    /// <summary>What the files depend on, by name; the PNG level changes bytes but no pixel.</summary>
    public IReadOnlyDictionary<string, string> ToSettings() => new Dictionary<string, string>
    {
        ["kernel"] = Texture.KernelSize.ToString(CultureInfo.InvariantCulture),
        ["sigma"] = Texture.Sigma.ToString(CultureInfo.InvariantCulture),
        ["round"] = Texture.Rounding.ToString(),
        ["scale"] = Scale.ToString(),
        ["skin"] = Skin.Name,
    };
}
