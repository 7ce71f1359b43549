using System.Globalization;
using System.Text.Json;
using Rhytid.Cli.Commands.Data;
using Rhytid.Cli.Commands.Evaluation;
using Rhytid.Cli.Terminal;
using Rhytid.Imaging;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;
using Rhytid.Training.Evaluation;
using Spectre.Console;

namespace Rhytid.Cli.Commands.Training;

/// <summary>
/// The scores of a cross-validation: each fold, their mean and its interval; on the terminal and as files.
/// </summary>
internal sealed class FoldTable
{
    private const string Schema = "rhytid.folds/1";

    private readonly string _recipe;
    private readonly int _count;
    private readonly IReadOnlyList<(int Fold, EvaluationFile Scores)> _folds;

    private FoldTable(string recipe, int count, IReadOnlyList<(int Fold, EvaluationFile Scores)> folds) =>
        (_recipe, _count, _folds) = (recipe, count, folds);

    /// <summary>Reads the folds that are done.</summary>
    public static FoldTable Load(string recipe, IReadOnlyList<(int Fold, string Path)> files, int count) =>
        new(recipe, count, [.. files.Select(file => (file.Fold, EvaluationFile.Load(file.Path)))]);

    /// <summary>Writes <c>folds.json</c> and <c>folds.csv</c>.</summary>
    public void Write(string folder)
    {
        AtomicFile.WriteText(Path.Combine(folder, "folds.json"), JsonSerializer.Serialize(new
        {
            schema = Schema,
            recipe = _recipe,
            data = _folds[0].Scores.Data,
            folds = _count,
            done = _folds.Select(fold => fold.Fold),
            photos = _folds.Select(fold => fold.Scores.Photos),
            scores = Keys.ToDictionary(
                key => key, key => new { imageMean = Json(ImageMean(key)), pooled = Json(Pooled(key)) }),
        }, EvaluationJson.Indented) + "\n");
        AtomicFile.WriteText(
            Path.Combine(folder, "folds.csv"),
            CsvTable.Write(["score", "average", .. _folds.Select(fold => $"fold_{fold.Fold}"), "mean", "low", "high"],
                Keys.SelectMany(key => new[] { Csv(key, "image", ImageMean(key)), Csv(key, "pooled", Pooled(key)) })));
    }

    /// <summary>Prints the table.</summary>
    public void Print()
    {
        var table = new Table { Border = TableBorder.Rounded }.AddColumn("mean over photos");
        foreach (var (fold, scores) in _folds)
            table.AddColumn(
                new TableColumn(
                    string.Create(CultureInfo.InvariantCulture, $"fold {fold} ({scores.Photos})")).RightAligned());
        table.AddColumn(new TableColumn("mean").RightAligned()).AddColumn(new TableColumn("95 %").RightAligned());
        foreach (var score in Keys.Select(ImageMean))
            table.AddRow(
                [score.Key, .. score.Folds.Select(Numbers.ForTable), Numbers.ForTable(score.Mean), Interval(score)]);
        Messages.ForResults.Write(table);
        Console.WriteLine(
            $"{_folds.Count} of {_count} folds; 95 % interval of the mean by Student's t over the folds; pooled scores in folds.csv and folds.json");
        Console.WriteLine(
            $"mean of {_folds.Count} folds: {string.Join("; ", EvaluationTables.HeadlineScores.Select(ImageMean).Select(score => $"{score.Key} {Numbers.ForTable(score.Mean)}{(Interval(score) is { Length: > 0 } ends ? $", 95 % {ends}" : "")}"))}");
    }

    private IEnumerable<string> Keys =>
        _folds[0].Scores.Scores.Keys.Where(key => _folds.All(fold => fold.Scores.Scores.ContainsKey(key)));

    private FoldScore ImageMean(string key) =>
        new(key, [.. _folds.Select(fold => fold.Scores.Scores[key].ImageMean ?? double.NaN)]);

    private FoldScore Pooled(string key) =>
        new(key, [.. _folds.Select(fold => fold.Scores.Scores[key].Pooled ?? double.NaN)]);

    private static object Json(FoldScore score) => new
    {
        folds = score.Folds.Select(Numbers.ForJson),
        mean = Numbers.ForJson(score.Mean),
        deviation = Numbers.ForJson(score.Deviation),
        interval = double.IsNaN(score.HalfInterval)
            ? null
            : new[] { score.Mean - score.HalfInterval, score.Mean + score.HalfInterval },
    };

    private static IReadOnlyList<string> Csv(string key, string average, FoldScore score) =>
        [key, average, .. score.Folds.Select(
            Numbers.ForCsv),
                Numbers.ForCsv(score.Mean), Numbers.ForCsv(score.Mean - score.HalfInterval),
                Numbers.ForCsv(score.Mean + score.HalfInterval)
            ];

    private static string Interval(FoldScore score) =>
        double.IsNaN(score.HalfInterval)
            ? ""
            : $"{Numbers.ForTable(score.Mean - score.HalfInterval)} to {Numbers.ForTable(score.Mean + score.HalfInterval)}";
}
