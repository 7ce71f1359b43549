namespace Rhytid.Textures;

/// <summary>How a texture value becomes a byte.</summary>
public enum TextureRounding
{
    /// <summary>Towards zero, as the published weak labels are stored.</summary>
    Truncate,

    /// <summary>To the nearest integer.</summary>
    Nearest,
}

/// <summary>Parameters of the texture map; the defaults are the published ones.</summary>
public sealed record TextureMapOptions
{
    /// <summary>Side in pixels of the pictures for which kernel and sigma were published.</summary>
    public const int PublishedSize = 1024;

    /// <summary>Kernel 21 x 21, sigma 5, truncation.</summary>
    public static TextureMapOptions Default { get; } = new();

    /// <summary>Side of the Gaussian kernel in pixels, odd.</summary>
    public int KernelSize { get; init; } = 21;

    /// <summary>Standard deviation of the Gaussian in pixels.</summary>
    public double Sigma { get; init; } = 5;

    /// <summary>How values are stored.</summary>
    public TextureRounding Rounding { get; init; } = TextureRounding.Truncate;

    /// <summary>
    /// The same blur on the face for a picture of another size: kernel and sigma grow with
    /// <paramref name="longSidePixels"/> / 1024. Off unless asked for: the published kernel does not scale.
    /// </summary>
    public TextureMapOptions ScaledTo(int longSidePixels)
    {
        var scale = (double)longSidePixels / PublishedSize;
        var radius = Math.Max(1, (int)Math.Round(KernelSize / 2 * scale));
        return this with { KernelSize = (2 * radius) + 1, Sigma = Sigma * scale };
    }
}
