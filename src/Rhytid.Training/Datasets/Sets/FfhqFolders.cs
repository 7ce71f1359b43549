using System.Globalization;

namespace Rhytid.Training.Datasets.Sets;

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
