namespace Rhytid.Training.Yaml;

/// <summary>
/// Everything that is wrong with a text file that a user edits, told together: nobody mends a file one message at a
/// time.
/// </summary>
/// <param name="path">The file's name in the message.</param>
internal sealed class LineProblems(string path)
{
    private const int MostTold = 20;

    private readonly List<(long Line, string Message)> _problems = [];

    public int Count => _problems.Count;

    /// <summary>Problems that are keys nobody knows: all other values could still be read.</summary>
    public int UnknownKeys { get; private set; }

    /// <param name="line">Counted from 1; 0 for what stands in no line, such as a <c>--set</c>.</param>
    /// <param name="message">What is wrong there.</param>
    public void Add(long line, string message) => _problems.Add((line, message));

    /// <summary>As <see cref="Add"/>, of a key that nobody knows.</summary>
    public void AddUnknownKey(long line, string message)
    {
        UnknownKeys++;
        Add(line, message);
    }

    /// <summary>All problems in the file's order, in one line; null where there are none.</summary>
    public string? Summary => _problems.Count == 0 ? null : Summarize();

    private string Summarize()
    {
        var told = _problems.OrderBy(problem => problem.Line).Take(MostTold)
            .Select(problem => problem.Line == 0 ? problem.Message : $"line {problem.Line}: {problem.Message}");
        var more = _problems.Count > MostTold ? $"; and {_problems.Count - MostTold} more" : "";
        return $"{path}: {string.Join("; ", told)}{more}";
    }
}
