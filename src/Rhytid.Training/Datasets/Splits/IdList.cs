using System.Text;
using Rhytid.Imaging;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Yaml;

namespace Rhytid.Training.Datasets.Splits;

/// <summary>
/// A list of sample ids in a text file: one a line, <c>#</c> starts a comment, empty lines do not count. Splits and the
/// ids to pack are such lists.
/// </summary>
public static class IdList
{
    private const int LongestId = 200;

    /// <summary>Reads a list. Ids keep their order; spaces around them are dropped.</summary>
    /// <param name="path">The file, UTF-8.</param>
    /// <exception cref="DatasetException">
    /// It cannot be read, names no id, names one twice, or holds something that cannot be an id. All problems are in
    /// the message, with their lines.
    /// </exception>
    public static IReadOnlyList<string> Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var problems = new LineProblems(path);
        var ids = new List<string>();
        var lineOf = new Dictionary<string, int>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in ReadLines(path))
        {
            number++;
            var id = line.Split('#', 2)[0].Trim();
            if (id.Length == 0)
                continue;
            if (ProblemOf(id) is { } problem)
                problems.Add(number, problem);
            else if (!lineOf.TryAdd(id, number))
                problems.Add(number, $"{id} is already in line {lineOf[id]}");
            else
                ids.Add(id);
        }
        DatasetException.ThrowIf(problems.Summary);
        return ids.Count > 0 ? ids : throw new DatasetException($"{path}: there is no id in it; write one a line");
    }

    /// <summary>Writes a list, whole or not at all.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="ids">In the order they are written.</param>
    /// <param name="header">Lines of comment above the ids, such as <c>seed: 1</c>; the <c># </c> is added.</param>
    /// <exception cref="ArgumentException">An id could not be read back, or comes twice.</exception>
    /// <exception cref="OutputException">The place cannot be written.</exception>
    public static void Save(string path, IEnumerable<string> ids, params IEnumerable<string> header)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(header);
        var text = new StringBuilder();
        foreach (var line in header.SelectMany(comment => comment.ReplaceLineEndings("\n").Split('\n')))
            text.Append("# ").Append(line).Append('\n');
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (ProblemOf(id) is { } problem)
                throw new ArgumentException(problem, nameof(ids));
            if (!seen.Add(id))
                throw new ArgumentException($"{id} comes twice", nameof(ids));
            text.Append(id).Append('\n');
        }
        AtomicFile.WriteText(path, text.ToString());
    }

    // An id becomes part of file names, so one that could leave its folder is none.
    private static string? ProblemOf(string id)
    {
        if (id.Length is 0 or > LongestId)
            return $"an id has 1 to {LongestId} characters";
        if (id.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '/' or '\\' or '#') || id is "." or "..")
            return $"'{new string([.. id.Take(40).Select(c => char.IsControl(c) ? '?' : c)])}' is no id: no spaces, slashes or # in one";
        return null;
    }

    private static string[] ReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DatasetException($"{path}: there is no such file", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(
                $"{path}: {(Directory.Exists(path) ? "this is a folder, not a list of ids" : error.Message)}", error);
        }
    }
}
