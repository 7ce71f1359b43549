using Rhytid.Imaging;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Datasets.Preparation;

/// <summary>
/// The files of one sample in a plain set: <c>images/</c>, <c>masks/</c>, and where there are any
/// <c>scored_regions/</c> and <c>skin_masks/</c>.
/// </summary>
/// <param name="folder">The set's folder.</param>
/// <param name="pngLevel">zlib level of the masks' PNG files, 0 to 9.</param>
public sealed class PlainSet(string folder, int pngLevel = 3)
{
    private static readonly string[] Kinds = ["images", "masks", "scored_regions", "skin_masks"];

    /// <summary>
    /// The photo without its metadata: nothing about who took it and where travels on. Null where there is none.
    /// </summary>
    public FileJob? Photo(string id, WrinkleSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return sample[Channel.Photo] is { } path
            ? new FileJob(
                id, Path.Combine(folder, "images", id + PhotoCopy.ExtensionFor(path)),
                () => SampleFiles.Load(path, static path => PhotoCopy.Load(path)))
            : null;
    }

    /// <summary>A photo that is drawn anew.</summary>
    public FileJob Photo(string id, Func<Image> make) =>
        new(id, Path.Combine(folder, "images", $"{id}.png"), () => make().Encode(ImageFormat.Png, pngLevel));

    /// <summary>The wrinkle mask, as 0 and 255.</summary>
    public FileJob WrinkleMask(string id, Func<Mask> make) => MaskJob("masks", id, make);

    /// <summary>Where pixels count.</summary>
    public FileJob ScoredRegion(string id, Func<Mask> make) => MaskJob("scored_regions", id, make);

    /// <summary>The skin mask.</summary>
    public FileJob SkinMask(string id, Func<Mask> make) => MaskJob("skin_masks", id, make);

    /// <summary>
    /// Pictures in the set's folders that none of the jobs makes, as other sets leave them behind: they would be taken
    /// for samples.
    /// </summary>
    public IReadOnlyList<string> UnexpectedFiles(IEnumerable<FileJob> jobs)
    {
        var own = jobs.Select(job => Path.GetFullPath(job.Target)).ToHashSet(StringComparer.Ordinal);
        return [.. Kinds
            .Select(kind => Path.GetFullPath(Path.Combine(folder, kind)))
            .Where(Directory.Exists)
            .SelectMany(DatasetFolder.Pictures)
            .Where(path => !own.Contains(path))];
    }

    private FileJob MaskJob(string kind, string id, Func<Mask> make) =>
        new(id, Path.Combine(folder, kind, $"{id}.png"), () => make().Encode(ImageFormat.Png, pngLevel));
}
