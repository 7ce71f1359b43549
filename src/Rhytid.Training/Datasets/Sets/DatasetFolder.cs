using System.Globalization;
using Rhytid.Imaging;

namespace Rhytid.Training.Datasets.Sets;

/// <summary>The files of one folder of a data set, by id.</summary>
internal static class DatasetFolder
{
    // A folder that cannot be entered is named by the caller; it must not end the search.
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true
    };

    /// <summary>All pictures below a folder, by path.</summary>
    public static IEnumerable<string> Pictures(string folder) =>
        Directory.EnumerateFiles(folder, "*", Everything).Where(PictureFiles.IsPicture).Order(StringComparer.Ordinal);

    /// <summary>Parsing labels below a folder: arrays and pictures, by path.</summary>
    public static IEnumerable<string> Labels(string folder) =>
        Directory.EnumerateFiles(folder, "*", Everything)
            .Where(path => PictureFiles.IsPicture(path) || IsArray(path))
            .Order(StringComparer.Ordinal);

    /// <summary>Whether the name is that of a NumPy array.</summary>
    public static bool IsArray(string path) =>
        Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase);
}

/// <summary>FFHQ keeps a thousand photos in a folder: 12345 lies in 12000.</summary>
public static class FfhqFolders
{
    private const int PhotosInAFolder = 1000;
    private const int Digits = 5;

    /// <summary>
    /// The PNG of an id below a folder of files: <c>12000/12345.png</c> for FFHQ's ids, <c>name.png</c> for others.
    /// </summary>
    public static string FileOf(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return id.Length == Digits && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Path.Combine(
                (number / PhotosInAFolder * PhotosInAFolder).ToString("D5", CultureInfo.InvariantCulture), $"{id}.png")
            : $"{id}.png";
    }
}
