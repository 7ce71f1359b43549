using System.Globalization;
using System.Reflection;
using Rhytid.Imaging;
using Rhytid.Training.Datasets.Splits;
using Rhytid.Training.Plots;

namespace Rhytid.Training.Runs.Reporting;

/// <summary>
/// A run as one HTML page: scores, curves, the worst and best images, recipe, data and versions. It needs no script, no
/// other file and no network, and the same run gives the same bytes.
/// </summary>
public sealed class RunReport
{
    private const int MostListedImages = 500;

    private static readonly (string Key, string Name)[] Scores =
    [
        ("val/iou", "JSI, mean over images"),
            ("val/f1", "F1"), ("val/precision", "precision"), ("val/recall", "recall"),
            ("val/iou_pooled", "JSI, pooled"), ("val/mean_iou", "IoU, mean over classes"),
            ("val/total_loss", "validation loss"),
        ];

    // Shown elsewhere, or no quantity of their own.
    private static readonly string[] NoLossParts = ["train/loss", "train/grad_norm", "train/pos_ratio"];

    private readonly RunFiles _run;
    private readonly RunScores? _scores;
    private readonly string? _drawingProblem;

    private RunReport(RunFiles run)
    {
        _run = run;
        _scores = run.Metrics is { Lines.Count: > 0 } metrics ? RunScores.From(metrics) : null;
        _drawingProblem = run.Examples is { Examples.Count: > 0 } ? VisionInfo.Problem() : null;
    }

    /// <summary>Makes the page.</summary>
    /// <param name="run">What lies in the run's folder.</param>
    public static string Write(RunFiles run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new RunReport(run).Page().Markup;
    }

    private Html Page() => Html.Format(
        $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
        <title>{Title} · Rhytid</title>
        <style>
        {new Html(ReportStyle.Css)}
        </style>
        </head>
        <body>
        <main>
        {Header()}
        {Problems()}
        {Numbers()}
        {Curves()}
        {Pictures()}
        {Images()}
        {Record()}
        {Recipe()}
        <footer>Made by Rhytid {Version()} from the files in the run's folder.</footer>
        </main>
        </body>
        </html>

        """);

    private string Title => _run.Recorded("title") ?? _run.Recorded("recipe") ?? _run.Name;

    private Html Header()
    {
        string?[] facts =
        [
            _run.Recorded("recipe") is { } recipe ? $"recipe {recipe}" : null,
            _run.Recorded("source"),
            _run.Recorded("seed") is { } seed ? $"seed {seed}" : null,
            _run.Recorded("started") is { } started ? $"started {Day(started)}" : null,
            _scores?.LastEpoch is { } epoch
                ? $"{epoch} {(epoch == 1 ? "epoch" : "epochs")} logged"
                : "no epoch logged yet",
        ];
        return Html.Format(
            $"""<header><h1>{Title}</h1><p>Folder {_run.Name} · {string.Join(" · ", facts.OfType<string>())}</p></header>""");
    }

    private Html Problems() => Html.Join(
        _run.Problems.Append(
            _run.Metrics?.Damaged > 0
                ? $"{_run.Metrics.Damaged} lines of the log cannot be read; a run that is under way may have written half of its last one."
                : null)
            .OfType<string>().Select(problem => Html.Format($"""<p class="notice bad">{problem}</p>""")));

    private Html Numbers()
    {
        var best = _scores?.Best ?? new Dictionary<string, double>();
        var tiles = Scores
            .Where(score => best.ContainsKey(score.Key))
            .Select(score => Tile(Score(best[score.Key]), score.Name))
                .Append(
                    _scores?.BestEpoch is { } epoch
                        ? Tile(epoch.ToString(CultureInfo.InvariantCulture), "best epoch")
                        : Html.Empty)
                .Append(
                    _scores is { } scores
                        ? Tile(scores.LastStep.ToString("N0", CultureInfo.InvariantCulture), "optimizer steps")
                        : Html.Empty)
                .Append(Samples("train", _run.TrainingSamples, "training samples"))
                .Append(Samples("validation", _run.ValidationSamples, "validation samples"));
        return Html.Format($"""<ul class="numbers">{tiles}</ul>""");
    }

    private Html Samples(string key, int? listed, string name) =>
        (listed?.ToString(CultureInfo.InvariantCulture) ?? _run.Recorded(key, "data")) is { } count
            ? Tile(count, name)
            : Html.Empty;

    private static Html Tile(string value, string name) => Html.Format($"""<li><b>{value}</b><span>{name}</span></li>""");

    private Html Curves()
    {
        if (_scores is null)
            return Html.Format($"""<h2>Curves</h2><p class="notice">The log holds no numbers yet.</p>""");
        double? best = _scores.BestEpoch is { } epoch
            ? At((long)Math.Round(epoch * (_scores.StepsPerEpoch ?? 1)))
            : null;
        var parts =
            _run.Metrics!.Lines.SelectMany(line => line.Values.Keys)
                .Distinct()
                .Where(name => name.StartsWith("train/", StringComparison.Ordinal) && !NoLossParts.Contains(name))
                .ToList();
        LineChart[] charts =
        [
            Chart("Loss", "loss", ("training", "train/loss"), ("validation", "val/total_loss")) with { Best = best },
            Chart("Validation scores", "score", ("JSI",
                "val/iou"),
                    ("F1", "val/f1"), ("precision", "val/precision"), ("recall", "val/recall"),
                    ("mean IoU", "val/mean_iou")) with { Best = best },
            Chart("Learning rate", "learning rate", ("learning rate", "learning_rate")),
            Chart("Gradient norm", "norm before clipping", ("gradient norm", "train/grad_norm")),
            parts.Count > 1
                ? Chart(
                    "Parts of the training loss", "loss", [.. parts.Select(name => (name["train/".Length..], name))])
                : Chart("", ""),
        ];
        return Html.Format($"""<h2>Curves</h2><div class="grid-2">{charts.Select(chart => chart.Draw())}</div>""");
    }

    private LineChart Chart(string title, string yLabel, params (string Name, string Key)[] series) =>
        new(title, _scores!.StepsPerEpoch is null
            ? "step"
            : "epoch",
                yLabel,
                [.. series.Select(
                    one => new ChartSeries(
                        one.Name, [.. _run.Metrics!.Series(one.Key).Select(point => (At(point.Step), point.Value))]))]);

    private double At(long step) => _scores?.StepsPerEpoch is { } steps ? step / steps : step;

    private Html Pictures()
    {
        if (_run.Examples is not { Examples.Count: > 0 } examples)
            return Html.Empty;
        var legend = Html.Format($"""
            <ul class="legend"><li><span class="swatch box" style="color:#ffdd00"></span>found: truth and prediction</li><li><span class="swatch box" style="color:#eb2828"></span>false: prediction only</li><li><span class="swatch box" style="color:#00dc50"></span>missed: truth only</li></ul>
            """);
        if (_drawingProblem is not null)
            return Html.Format(
                $"""<h2>Worst and best images</h2><p class="notice">The pictures are not drawn: the imaging library is missing on the machine that made this page. On one that has it, rhytid report draws them from {RunExamples.FileName}.</p>""");
        return Html.Format(
            $"""
            <h2>Worst validation images, epoch {examples.Epoch}</h2>{legend}
            <div class="pictures">{examples.Worst.Select(example => ReportPicture.From(example).Draw())}</div>
            {(examples.Best.Any() ? Html.Format($"""<h2>Best validation images, epoch {examples.Epoch}</h2>{legend}<div class="pictures">{examples.Best.Select(example => ReportPicture.From(example).Draw())}</div>""") : Html.Empty)}
            """);
    }

    private Html Images()
    {
        if (_run.Images.Count == 0)
            return Html.Empty;
        var sorted =
            _run.Images.OrderBy(image => double.IsNaN(image.Jsi) ? 2 : image.Jsi)
                .ThenBy(image => image.Id, StringComparer.Ordinal)
                .ToList();
        var rows = sorted.Take(MostListedImages).Select(image => Html.Format(
            $"""<tr><td>{image.Id}</td><td class="right">{Score(image.Jsi)}</td><td class="right">{Score(image.F1)}</td><td class="right">{Score(image.Precision)}</td><td class="right">{Score(image.Recall)}</td></tr>"""));
        var scored = sorted.Select(image => image.Jsi).Where(double.IsFinite).ToList();
        var title = sorted.Count > MostListedImages
            ? $"The {MostListedImages} worst of {sorted.Count} images"
            : $"All {sorted.Count} images, the worst first";
        return Html.Format(
            $"""
            <h2>Validation images at the best epoch</h2>
            <div class="grid-2">
            {(scored.Count > 0 ? DistributionChart.Draw("How JSI spreads over images", "JSI", scored) : Html.Empty)}
            <section class="card"><h3>{title}</h3><div class="scroll"><table><thead><tr><th>image</th><th class="right">JSI</th><th class="right">F1</th><th class="right">precision</th><th class="right">recall</th></tr></thead><tbody>
            {rows}
            </tbody></table></div></section>
            </div>
            """);
    }

    private Html Record()
    {
        if (_run.Record.Count == 0)
            return Html.Empty;
        var sections = _run.Record.Where(entry => entry.Value.Length > 0 && entry is not ("", "format", _))
            .GroupBy(entry => entry.Section)
            .OrderBy(section => section.Key.Length > 0);
        return Html.Format(
            $"""<h2>Run</h2><div class="grid-2">{sections.Select(section => Table(section.Key, section))}</div>""");
    }

    private static Html Table(string section, IEnumerable<(string Section, string Key, string Value)> entries)
    {
        var rows =
            entries.Select(entry => Html.Format($"""<tr><th scope="row">{entry.Key}</th><td>{entry.Value}</td></tr>"""));
        return Html.Format(
            $"""<section class="card"><h3>{(section.Length == 0 ? "what was run" : section)}</h3><table><tbody>{rows}</tbody></table></section>""");
    }

    private Html Recipe() => _run.Recipe is { } recipe
        ? Html.Format($"""<h2>Recipe</h2><section class="card"><pre>{recipe.TrimEnd()}</pre></section>""")
        : Html.Empty;

    private static string Score(double value) =>
        double.IsNaN(value) ? "–" : value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Day(string time) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)
            : time;

    private static string Version() =>
        (typeof(RunReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? "").Split('+')[0];
}
