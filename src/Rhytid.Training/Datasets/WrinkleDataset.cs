using Rhytid.Imaging;

namespace Rhytid.Training.Datasets;

/// <summary>One photo with a manual wrinkle mask.</summary>
/// <param name="Id">File name without extension: what joins photo, mask and scored region.</param>
/// <param name="ImagePath">The photo, or null where only the mask is there.</param>
/// <param name="MaskPath">The manual mask.</param>
/// <param name="ScoredRegionPath">Where the mask may be scored, or null for everywhere.</param>
public sealed record WrinkleSample(string Id, string? ImagePath, string MaskPath, string? ScoredRegionPath);

/// <summary>A folder of photos and manual masks, matched by file name.</summary>
public sealed class WrinkleDataset
{
    private const int LargestClassValue = 18;

    private static readonly string[] ImageFolders = ["images1024x1024", "images", "face_images"];
    private static readonly string[] MaskFolders = ["manual_wrinkle_masks", "wrinkle_masks", "masks"];

    private WrinkleDataset(string folder, IReadOnlyList<WrinkleSample> samples, int? wrinkleValue)
    {
        (Folder, Samples, WrinkleValue) = (folder, samples, wrinkleValue);
    }

    /// <summary>The data set's folder.</summary>
    public string Folder { get; }

    /// <summary>All samples, ordered by id.</summary>
    public IReadOnlyList<WrinkleSample> Samples { get; }

    /// <summary>The mask value that means wrinkle in masks of class values, or null for masks of 0/1 or 0/255.</summary>
    public int? WrinkleValue { get; }

    /// <summary>
    /// Opens <c>images/</c> and <c>masks/</c>, or FFHQ-Wrinkle's layout (<c>images1024x1024/*/</c>, <c>manual_wrinkle_masks/</c>),
    /// either with <c>scored_regions/</c>.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="wrinkleValue">
    /// The class value that means wrinkle. Unless given it is looked for: where all masks hold small values only and some
    /// more than 1, they are class values, and wrinkle is 3 (a-Rahmati's coding).
    /// </param>
    /// <exception cref="ImageException">The folder is not such a data set.</exception>
    public static WrinkleDataset Open(string folder, int? wrinkleValue = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
            throw new ImageException($"{folder}: there is no such folder");
        var masks = FirstFolder(folder, MaskFolders) ?? throw new ImageException($"{folder}: no folder of manual masks in it ({string.Join(", ", MaskFolders)})");
        var images = FirstFolder(folder, ImageFolders) is { } found ? FilesById(found, SearchOption.AllDirectories) : [];
        var regions = FirstFolder(folder, ["scored_regions"]) is { } scored ? FilesById(scored, SearchOption.TopDirectoryOnly) : [];
        var samples = FilesById(masks, SearchOption.TopDirectoryOnly)
            .Select(mask => new WrinkleSample(mask.Key, images.GetValueOrDefault(mask.Key), mask.Value, regions.GetValueOrDefault(mask.Key)))
            .OrderBy(sample => sample.Id, StringComparer.Ordinal).ToList();
        if (samples.Count == 0)
            throw new ImageException($"{masks}: no masks in it");
        return new WrinkleDataset(folder, samples, wrinkleValue ?? ClassValueOf(samples));
    }

    /// <summary>Reads a sample's manual mask.</summary>
    public Mask LoadMask(WrinkleSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        var levels = ImageEncoding.LoadGray(sample.MaskPath);
        return WrinkleValue is { } value ? Mask.Where(levels, level => level == value) : Mask.FromLevels(levels);
    }

    private static int? ClassValueOf(List<WrinkleSample> samples)
    {
        var largest = 0;
        foreach (var sample in samples)
        {
            foreach (var level in ImageEncoding.LoadGray(sample.MaskPath).Samples)
                largest = Math.Max(largest, level);
            if (largest > LargestClassValue)
                return null;
        }
        const int Rahmati = 3;
        return largest > 1 ? Rahmati : null;
    }

    private static string? FirstFolder(string folder, string[] names) =>
        names.Select(name => Path.Combine(folder, name)).FirstOrDefault(Directory.Exists);

    private static Dictionary<string, string> FilesById(string folder, SearchOption depth)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder, "*", depth).Where(PictureFiles.IsPicture).Order(StringComparer.Ordinal))
        {
            var id = Path.GetFileNameWithoutExtension(path);
            if (!files.TryAdd(id, path))
                throw new ImageException($"two files for id {id}: {files[id]} and {path}");
        }
        return files;
    }
}
