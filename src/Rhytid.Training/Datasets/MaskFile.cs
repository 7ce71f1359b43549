using Rhytid.Imaging;

namespace Rhytid.Training.Datasets;

/// <summary>Reads mask files; errors name the file.</summary>
internal static class MaskFile
{
    /// <param name="path">The file.</param>
    /// <param name="wrinkleValue">The value that means wrinkle in masks of class values, or null for masks of 0/1 or 0/255.</param>
    /// <exception cref="ImageException">It cannot be read.</exception>
    public static Mask Load(string path, int? wrinkleValue = null)
    {
        try
        {
            var levels = ImageEncoding.LoadGray(path);
            return wrinkleValue is { } value ? Mask.Where(levels, level => level == value) : Mask.FromLevels(levels);
        }
        catch (ImageException error)
        {
            throw new ImageException(error.Message.Contains(path, StringComparison.Ordinal) ? error.Message : $"{path}: {error.Message}", error);
        }
    }
}
