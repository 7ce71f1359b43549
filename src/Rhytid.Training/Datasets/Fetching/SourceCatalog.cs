namespace Rhytid.Training.Datasets.Fetching;

/// <summary>The sets that can be fetched and where from, read from a YAML file that the user can edit.</summary>
/// <param name="Sets">In the file's order.</param>
public sealed record SourceCatalog(IReadOnlyList<SourceSet> Sets)
{
    private const int LargestFile = 4_000_000;

    /// <summary>The set of a name.</summary>
    /// <exception cref="DatasetException">There is none; the message lists those there are.</exception>
    public SourceSet this[string name] => Sets.FirstOrDefault(set => set.Name == name)
        ?? throw new DatasetException($"there is no set '{name}'; one of: {string.Join(", ", Sets.Select(set => set.Name))}");

    /// <summary>Reads a file.</summary>
    /// <exception cref="DatasetException">It cannot be read or is wrong; all problems are in the message, with their lines.</exception>
    public static SourceCatalog Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LargestFile })
                throw new DatasetException($"{path}: this is too large for a file of addresses");
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DatasetException($"{path}: there is no such file", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{path}: {(Directory.Exists(path) ? "this is a folder, not a YAML file" : error.Message)}", error);
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="yaml">The YAML.</param>
    /// <param name="path">The file's name for messages; lists of SHA-256 are looked for beside it.</param>
    /// <exception cref="DatasetException">It is wrong; all problems are in the message, with their lines.</exception>
    public static SourceCatalog Parse(string yaml, string path)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return SourceYaml.Read(yaml, path);
    }
}
