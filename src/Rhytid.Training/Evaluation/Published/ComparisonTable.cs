using System.Globalization;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Evaluation.Published;

/// <summary>A paper's results and our own in one table.</summary>
public sealed class ComparisonTable
{
    private const string Run = "run";

    // Marks runs that were scored on other photos than the paper's.
    private const string OtherPhotos = "(*)";

    private ComparisonTable(
        PublishedPaper paper,
            IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows, IReadOnlyList<string> notes) =>
        (Paper, Header, Rows, Notes) = (paper, header, rows, notes);

    /// <summary>The paper.</summary>
    public PublishedPaper Paper { get; }

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>Published rows first; cells are empty where there is no number.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows { get; }

    /// <summary>The paper's notes, then one for each run that was scored on other photos.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>
    /// Puts a table together. Each run has two rows, for a paper's average is our reading of its numbers.
    /// </summary>
    /// <param name="paper">The paper.</param>
    /// <param name="runs">What <c>evaluate --json</c> wrote.</param>
    public static ComparisonTable Create(PublishedPaper paper, IReadOnlyList<EvaluationFile> runs)
    {
        ArgumentNullException.ThrowIfNull(paper);
        ArgumentNullException.ThrowIfNull(runs);
        var keys = paper.ScoreKeys;
        return new ComparisonTable(paper,
            ["table", "method", "input", "labels, %", .. keys.Select(NameOf), "parameters, M", "average"],
            [.. paper.Results.Select(result => Row(result, keys)), .. runs.SelectMany(run => RowsOf(paper, run, keys))],
            [.. paper.Notes, .. runs.Where(run => IsOnOtherPhotos(paper, run)).Select(run => NoteOf(paper, run))]);
    }

    /// <summary>As Markdown, with the notes.</summary>
    public string ToMarkdown()
    {
        IEnumerable<string> lines =
        [
            $"### {Paper.Title}",
                "", Line(Header),
                Line(Header.Select((_, column) => column is >= 3 && column < Header.Count - 1 ? "--:" : "---")),
                .. Rows.Select(Line), "", .. Notes.Select(note => $"- {note}"),
            ];
        return string.Join('\n', lines) + "\n";
    }

    /// <summary>As CSV, without the notes.</summary>
    public string ToCsv() => CsvTable.Write(Header, Rows);

    private static string Line(IEnumerable<string> cells) =>
        $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |";

    private static IReadOnlyList<string> Row(PublishedResult result, IReadOnlyList<string> keys) =>
    [
        result.Table.ToString(CultureInfo.InvariantCulture), result.Method, result.Input,
        result.TrainFraction is { } fraction ? (100 * fraction).ToString("0", CultureInfo.InvariantCulture) : "",
        .. keys.Select(key => Score(result.Scores.TryGetValue(key, out var value) ? value : null)),
        result.ParametersMillions?.ToString("0.000", CultureInfo.InvariantCulture) ?? "", result.Average,
    ];

    private static IEnumerable<IReadOnlyList<string>> RowsOf(
        PublishedPaper paper, EvaluationFile run, IReadOnlyList<string> keys)
    {
        IReadOnlyList<string> RowOf(string average, Func<(double? ImageMean, double? Pooled), double?> of) =>
            [Run, run.Name, IsOnOtherPhotos(paper, run)
                ? $"{run.Data} {OtherPhotos}"
                : run.Data,
                    "", .. keys.Select(key => Score(run.Scores.TryGetValue(key, out var both) ? of(both) : null)), "",
                    average
                ];
        var (image, pooled) = (RowOf("image", both => both.ImageMean), RowOf("pooled", both => both.Pooled));
        return paper.IsPooled ? [pooled, image] : [image, pooled];
    }

    // Results do not name their photos: as many of them as the paper tests on may be the paper's, another number is
    // not.
    private static bool IsOnOtherPhotos(PublishedPaper paper, EvaluationFile run) => run.Photos != paper.TestPhotos;

    private static string NoteOf(PublishedPaper paper, EvaluationFile run) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{OtherPhotos} {run.Name}: scored on {run.Photos} photos of {run.Data}, not on the paper's test photos")
            + (paper.TestPhotos is { } count ? string.Create(CultureInfo.InvariantCulture, $" ({count} of them)") : "")
            + "; its numbers say nothing against the paper's.";

    private static string Score(double? value) => value?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "";

    private static string NameOf(string key) =>
        MaskScore.All(new EvaluationOptions { Tolerances = [] }).Single(score => score.Key == key).Name;
}
