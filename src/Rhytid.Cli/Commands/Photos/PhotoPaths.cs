using Rhytid.Imaging;

namespace Rhytid.Cli.Commands.Photos;

/// <summary>A picture to work on and what its results are called.</summary>
/// <param name="Path">The file, or null for standard input.</param>
/// <param name="Name">What messages call it.</param>
/// <param name="OutputStem">Folder and name of its results, without extension.</param>
internal sealed record PhotoPath(string? Path, string Name, string OutputStem)
{
    /// <summary>What reports call it.</summary>
    public string FileName => System.IO.Path.GetFileName(Path ?? "-");

    /// <summary>Its name without folder and extension.</summary>
    public string Stem => System.IO.Path.GetFileNameWithoutExtension(Path ?? "stdin");

    public string FullStem => System.IO.Path.GetFullPath(OutputStem);

    /// <summary>The picture.</summary>
    public Image Load(ImageLoadOptions options)
    {
        if (Path is not null)
            return Image.Load(Path, options);
        using var input = Console.OpenStandardInput();
        return Image.Load(input, options);
    }

    /// <summary>Writes all results of the photo, or none.</summary>
    public void Write(CancellationToken token, params (string Ending, byte[] Bytes)[] files)
    {
        token.ThrowIfCancellationRequested();
        OutputFolder.Make(OutputStem);
        AtomicFile.WriteAll([.. files.Select(file => (OutputStem + file.Ending, file.Bytes))]);
    }
}

/// <summary>Turns what the user typed (files, folders, <c>-</c>) into pictures.</summary>
internal static class PhotoPaths
{
    private const string StandardInput = "-";

    // Our own results in a folder are no photos.
    private static readonly string[] ResultEndings =
    [
        ".mask.png", ".map.png", ".overlay.jpg", ".texture.png", ".levels.png", ".landmarks.jpg"
    ];

    /// <summary>All pictures, in the order typed and by name within a folder.</summary>
    /// <param name="typed">Files, folders (searched to the bottom), <c>-</c>.</param>
    /// <param name="output">Where results go; beside each picture when null. Folders below a typed folder are
    /// kept.</param>
    public static IReadOnlyList<PhotoPath> Expand(IEnumerable<string> typed, string? output)
    {
        var photos = new List<PhotoPath>();
        foreach (var path in typed)
        {
            if (path == StandardInput)
                photos.Add(new PhotoPath(null, "standard input", Path.Combine(output ?? ".", "stdin")));
            else if (Directory.Exists(path))
                photos.AddRange(InFolder(path, output));
            else
                photos.Add(new PhotoPath(path, path, Stem(output ?? Path.GetDirectoryName(path) ?? ".", path)));
        }
        if (photos.Count(photo => photo.Path is null) > 1)
            throw new CommandException("standard input (-) can be read once only");
        return WithoutCollisions(photos);
    }

    private static IEnumerable<PhotoPath> InFolder(string folder, string? output)
    {
        var all = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        var files = Directory.EnumerateFiles(folder, "*", all).Where(IsPhoto).Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0)
            throw new CommandException($"{folder}: there are no pictures in this folder", ExitCodes.SomeFailed);
        return files.Select(path =>
        {
            var place = output is null
                ? Path.GetDirectoryName(path)!
                : Path.Combine(output, Path.GetDirectoryName(Path.GetRelativePath(folder, path))!);
            return new PhotoPath(path, path, Stem(place, path));
        });
    }

    private static bool IsPhoto(string path) =>
        PictureFiles.IsPicture(path)
        && !ResultEndings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static string Stem(string folder, string path) =>
        Path.Combine(folder, Path.GetFileNameWithoutExtension(path));

    // a.jpg and a.png in one place would write the same files: then both keep their extension in the name.
    private static List<PhotoPath> WithoutCollisions(List<PhotoPath> photos)
    {
        var crowded = Shared(photos).Select(group => group.Key).ToHashSet();
        var result = photos.ConvertAll(photo => crowded.Contains(photo.FullStem) && photo.Path is not null
            ? photo with { OutputStem = photo.OutputStem + Path.GetExtension(photo.Path) }
            : photo);
        if (Shared(result).FirstOrDefault() is { } same)
            throw new CommandException(
                $"{same.First().Name} and {same.Last().Name} would write the same files; use different -o folders");
        return result;
    }

    private static IEnumerable<IGrouping<string, PhotoPath>> Shared(List<PhotoPath> photos) =>
        photos.GroupBy(photo => photo.FullStem).Where(group => group.Count() > 1);
}
