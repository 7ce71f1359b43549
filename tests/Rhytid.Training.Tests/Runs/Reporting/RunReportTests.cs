using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Splits;
using Rhytid.Training.Objectives;
using Rhytid.Training.Runs;
using Rhytid.Training.Runs.Reporting;
using Rhytid.Training.Runs.Tracking;
using static Rhytid.Training.Tests.Runs.Reporting.RunReportCases;

namespace Rhytid.Training.Tests.Runs.Reporting;

public sealed partial class RunReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_whole_run_has_scores_curves_pictures_recipe_and_versions()
    {
        WriteRun(_folder);

        var page = RunReport.Write(RunFiles.Load(_folder.Path));

        // The best of three epochs is the second.
        foreach (var text in
            new[]
            {
                "<b>0.4000</b><span>JSI, mean over images</span>", "<b>2</b><span>best epoch</span>",
                "<b>30</b><span>optimizer steps</span>", "<b>3</b><span>training samples</span>"
            })
            Assert.Contains(text, page, StringComparison.Ordinal);
        foreach (var text in
            new[]
            {
                "Loss", "Validation scores", "Learning rate", "Gradient norm", "libtorch", "1.13.1",
                "<h3>something.deep inner</h3>", "<th scope=\"row\">.net</th>", "epochs: 3", "All 3 images",
                "started 2026-01-02 03:04 UTC"
            })
            Assert.Contains(text, page, StringComparison.Ordinal);
        Assert.Equal(4, Pictures().Count(page));
        Assert.True(
            page.IndexOf("alt=\"overlay of worst", StringComparison.Ordinal)
                < page.IndexOf("alt=\"overlay of best", StringComparison.Ordinal));
        Assert.Equal(page, RunReport.Write(RunFiles.Load(_folder.Path)));
    }

    [Fact]
    public void The_page_needs_nothing_else_and_its_charts_are_well_formed()
    {
        WriteRun(_folder);

        var page = RunReport.Write(RunFiles.Load(_folder.Path));

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", page, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
        Assert.DoesNotContain(_folder.Path, page, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", page, StringComparison.Ordinal);
        var charts = Charts().Matches(page).Select(match => XDocument.Parse(match.Value)).ToList();
        Assert.Equal(5, charts.Count);
        foreach (var number in
            charts.SelectMany(chart => chart.Descendants())
                .SelectMany(element => element.Attributes())
                .Where(attribute =>
                    attribute.Name.LocalName is "x" or "y" or "cx" or "cy" or "x1" or "y2" or "width" or "height"))
            Assert.True(
                double.IsFinite(double.Parse(number.Value, CultureInfo.InvariantCulture)), number.ToString());
        // Both axes have titles, and the lines stay inside.
        Assert.All(
            charts,
            chart =>
                Assert.Equal(2, chart.Descendants("text").Count(text => (string?)text.Attribute("class") == "axis")));
        foreach (var point in
            charts.SelectMany(chart => chart.Descendants("polyline"))
                .SelectMany(line => ((string)line.Attribute("points")!).Split(' '))
                .Select(
                    point =>
                        point.Split(',').Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToList()))
            Assert.True(point[0] is >= 60 and <= 560 && point[1] is >= 10 and <= 230, $"{point[0]}, {point[1]}");
    }

    [Fact]
    public void Nothing_from_a_file_becomes_markup()
    {
        const string Evil = "<script>alert('x')</script>\"><img src=x onerror=y>{0}&amp;";
        File.WriteAllText(_folder["recipe.yaml"], Evil);
        File.WriteAllText(
            _folder["run.json"],
            System.Text.Json.JsonSerializer.Serialize(
                new Dictionary<string, string>
                {
                    ["title"] = Evil,
                    ["recipe"] = Evil,
                    ["started"] = Evil,
                    [Evil] = Evil
                }));
        File.WriteAllText(
            _folder["metrics.jsonl"], "{\"train/step\":1,\"train/<b>\":1,\"train/<i>\":2,\"train/loss\":1}\n");
        File.WriteAllText(_folder["images.csv"], $"id,jsi,f1,precision,recall\n{Evil},0.5,0.5,0.5,0.5\n");
        RunExamples.Save(_folder[RunExamples.FileName], 1, [Example(Evil, 0.5)]);

        var page = RunReport.Write(RunFiles.Load(_folder.Path));

        foreach (var markup in new[] { "<script", "<img src=x", "<b>\"", "<i>" })
            Assert.DoesNotContain(markup, page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(
            "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&gt;&lt;img src=x onerror=y&gt;{0}&amp;amp;", page,
            StringComparison.Ordinal);
        Assert.Single(Pictures().Matches(page));
    }

    [Fact]
    public void A_run_that_learns_something_else_has_its_loss()
    {
        using (var log = new MetricsLog(_folder.Path))
        {
            for (var epoch = 1; epoch <= 3; epoch++)
                log.Write(
                    5 * epoch,
                    new Dictionary<string, double>
                    {
                        ["val/epoch"] = epoch,
                        ["val/total_loss"] = epoch == 2 ? 0.25 : 0.5
                    });
        }

        var page = RunReport.Write(RunFiles.Load(_folder.Path));

        Assert.Contains("<b>0.2500</b><span>validation loss</span>", page, StringComparison.Ordinal);
        Assert.Contains("<b>2</b><span>best epoch</span>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("JSI", page, StringComparison.Ordinal);
        Assert.Single(Charts().Matches(page));
    }

    [Fact]
    public void A_face_parser_has_its_own_score()
    {
        using (var log = new MetricsLog(_folder.Path))
        {
            for (var epoch = 1; epoch <= 3; epoch++)
                log.Write(
                    5 * epoch,
                    new Dictionary<string, double>
                    {
                        ["val/epoch"] = epoch,
                        ["val/total_loss"] = 1.0 / epoch,
                        ["val/mean_iou"] = epoch == 2 ? 0.75 : 0.5,
                        ["best_val_epoch"] = 2
                    });
        }

        var page = RunReport.Write(RunFiles.Load(_folder.Path));

        Assert.Contains("<b>0.7500</b><span>IoU, mean over classes</span>", page, StringComparison.Ordinal);
        Assert.Contains("<b>2</b><span>best epoch</span>", page, StringComparison.Ordinal);
        Assert.Equal(2, Charts().Count(page));
    }

    [Fact]
    public void A_run_that_has_just_begun_has_a_page_too()
    {
        File.WriteAllText(_folder["recipe.yaml"], "epochs: 3\n");
        Assert.Contains("no numbers yet", RunReport.Write(RunFiles.Load(_folder.Path)), StringComparison.Ordinal);

        // Steps, but no end of an epoch: the axis counts steps; a loss that is no number is told.
        using (var log = new MetricsLog(_folder.Path))
        {
            for (var step = 1; step <= 1000; step++)
                log.Write(
                    step,
                    new Dictionary<string, double>
                    {
                        ["epoch"] = 1,
                        ["train/loss"] = step == 7 ? double.NaN : 1.0 / step
                    });
        }
        var page = RunReport.Write(RunFiles.Load(_folder.Path));
        Assert.Contains(">step</text>", page, StringComparison.Ordinal);
        Assert.Contains("1 of 1000 values are no number", page, StringComparison.Ordinal);
        Assert.Contains("each point is the mean of 4 steps", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN,", page, StringComparison.Ordinal);
    }

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Charts();

    [GeneratedRegex("src=\"data:image/png;base64,[A-Za-z0-9+/=]+\"")]
    private static partial Regex Pictures();
}
