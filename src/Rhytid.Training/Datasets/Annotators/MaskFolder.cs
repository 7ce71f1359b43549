using Rhytid.Training.Datasets.Sets;


namespace Rhytid.Training.Datasets.Annotators;

/// <summary>
/// A folder of masks and nothing else: <c>{id}.png</c>, or the <c>{id}.mask.png</c> among what <c>segment</c> writes.
/// </summary>
internal static class MaskFolder
{
    private const string SegmentEnding = ".mask";

    /// <summary>The masks below a folder by id.</summary>
    /// <exception cref="DatasetException">There is no such folder, or two masks for one id.</exception>
    public static IReadOnlyDictionary<string, string> ById(string folder)
    {
        if (!Directory.Exists(folder))
            throw new DatasetException($"{folder}: there is no such folder");
        var named =
            DatasetFolder.Pictures(folder)
                .Select(path => (Name: Path.GetFileNameWithoutExtension(path), Path: path))
                .ToList();
        // Beside .mask.png lie maps and overlays, which are no masks.
        if (named.Any(file => file.Name.EndsWith(SegmentEnding, StringComparison.Ordinal)))
            named = [.. named.Where(file => file.Name.EndsWith(SegmentEnding, StringComparison.Ordinal))
                .Select(file => (file.Name[..^SegmentEnding.Length], file.Path))];

        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (id, path) in named)
            if (!files.TryAdd(id, path))
                throw new DatasetException($"two files for id {id}: {files[id]} and {path}");
        return files;
    }
}
