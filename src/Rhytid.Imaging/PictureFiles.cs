namespace Rhytid.Imaging;

/// <summary>Which files of a folder are pictures, by their extension.</summary>
public static class PictureFiles
{
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff",
    };

    /// <summary>Whether the name has an extension of a format that can be read.</summary>
    public static bool IsPicture(string path) => Extensions.Contains(Path.GetExtension(path));

    /// <summary>Whether the name has an extension of phone photos that cannot be read and need converting.</summary>
    public static bool IsHeic(string path) => Path.GetExtension(path).ToLowerInvariant() is ".heic" or ".heif";
}
