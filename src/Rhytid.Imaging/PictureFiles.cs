namespace Rhytid.Imaging;

/// <summary>Which files of a folder are pictures, by their extension.</summary>
public static class PictureFiles
{
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".heif", ".avif", ".jxl", ".dng",
    };

    /// <summary>Whether the name has an extension of a format that can be read.</summary>
    public static bool IsPicture(string path) => Extensions.Contains(Path.GetExtension(path));
}
