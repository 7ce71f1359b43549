using Rhytid.Training.Yaml;

namespace Rhytid.Training.Datasets.Fetching;

/// <summary>Hashes of files as <c>sha256sum</c> writes them: the hash, two spaces (or a space and <c>*</c>), the path.</summary>
internal static class HashList
{
    /// <returns>Hashes by path.</returns>
    /// <exception cref="DatasetException">The file cannot be read or has lines of another kind.</exception>
    public static Dictionary<string, string> Load(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{path}: {(error is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : error.Message)}", error);
        }
        var problems = new LineProblems(path);
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim() is "" || lines[i].StartsWith('#'))
                continue;
            var pieces = lines[i].Split((char[])[' ', '\t'], 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            try
            {
                var file = pieces.Length == 2 ? pieces[1].TrimStart('*') : throw new FormatException("a line holds a SHA-256 and a path");
                file = file.StartsWith("./", StringComparison.Ordinal) ? file[2..] : file;
                if (!hashes.TryAdd(file, Digits(pieces[0], 64)))
                    problems.Add(i + 1, $"{file} comes twice");
            }
            catch (FormatException error)
            {
                problems.Add(i + 1, error.Message);
            }
        }
        DatasetException.ThrowIf(problems.Summary);
        return hashes;
    }

    /// <exception cref="FormatException">The text is not that many hexadecimal digits.</exception>
    public static string Digits(string text, int count) =>
        text.Length == count && text.All(char.IsAsciiHexDigit)
            ? text.ToLowerInvariant()
            : throw new FormatException($"'{(text.Length > 80 ? text[..80] + "..." : text)}' is not {count} hexadecimal digits");
}
