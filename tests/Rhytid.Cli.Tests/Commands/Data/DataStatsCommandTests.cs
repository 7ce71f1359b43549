using System.Text.Json;
using Rhytid.Imaging;
using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests.Commands.Data;

public sealed class DataStatsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Figures_come_as_tables_json_csv_and_a_plot()
    {
        var set = DataFolders.Plain(_folder, "set", ["a", "b"], bandRows: 10);
        new Mask(120, 100).Save(_folder["set/masks/empty.png"]);

        var run = RhytidProcess.Run(
            "data", "stats", set, "--skin", "none", "--csv", _folder["out/counts.csv"], "--plot",
            _folder["out/plot.svg"]);
        var json = RhytidProcess.Run("data", "stats", set, "--skin", "none", "--json");

        Assert.Equal((0, 0), (run.ExitCode, json.ExitCode));
        // 2 x 10 rows of 301.
        Assert.Contains("6.645", run.Output, StringComparison.Ordinal);
        Assert.Contains("no wrinkle drawn (1), counted above: empty", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            [
                "id,pixels,wrinkle,scored_pixels,scored_wrinkle,skin_pixels,skin_wrinkle", "a,12000,1200,,,,",
                "b,12120,1200,,,,", "empty,12000,0,,,,"
            ],
            File.ReadAllLines(_folder["out/counts.csv"]));
        Assert.StartsWith("<svg", File.ReadAllText(_folder["out/plot.svg"]));
        using var parsed = JsonDocument.Parse(json.Output);
        Assert.Equal("rhytid.data-stats/1", parsed.RootElement.GetProperty("schema").GetString());
        var image = parsed.RootElement.GetProperty("regions")[0];
        Assert.Equal(
            (2400, 33720), (image.GetProperty("wrinkle").GetInt64(), image.GetProperty("background").GetInt64()));
        Assert.Equal(14.05, image.GetProperty("backgroundPerWrinkle").GetDouble(), 9);
        Assert.Equal(JsonValueKind.Null, parsed.RootElement.GetProperty("warning").ValueKind);
    }

    [Fact]
    public void Suspiciously_few_wrinkles_are_a_warning()
    {
        var set = DataFolders.Plain(_folder, "set", ["a", "b"], bandRows: 0);

        var run = RhytidProcess.Run("data", "stats", set, "--skin", "none", "--plot", _folder["plot.svg"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(
            run.ErrorLines,
            line => line.StartsWith("warning: only 0 % of all pixels are wrinkle", StringComparison.Ordinal)
                && line.Contains("'> 127'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_photo_without_a_face_is_named_and_counts_elsewhere()
    {
        var set = DataFolders.Plain(_folder, "set", ["a"]);

        var run = RhytidProcess.Run("data", "stats", set);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no face was found", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Contains("12,000", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DIR", "data", "stats")]
    [InlineData("--plot 'plot.gif' has to end in .svg", "data", "stats", "x", "--plot", "plot.gif")]
    [InlineData("--skin 'bones' is unknown", "data", "stats", "x", "--skin", "bones")]
    [InlineData("--wrinkle-value must be 1 to 255", "data", "stats", "x", "--wrinkle-value", "0")]
    public void Wrong_usage_is_told_in_a_line_and_exits_with_2(string expected, params string[] arguments)
    {
        var run = RhytidProcess.Run(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            run.ErrorLines,
            line => line.StartsWith("error:", StringComparison.Ordinal)
                && line.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void What_cannot_be_counted_is_told_in_a_line_and_exits_with_1()
    {
        var unlabelled = RhytidProcess.Run(
            "data", "stats", DataFolders.Unlabelled(_folder), "--csv", _folder["counts.csv"]);
        var missing = RhytidProcess.Run("data", "stats", _folder["nowhere"]);

        Assert.Equal((1, 1), (unlabelled.ExitCode, missing.ExitCode));
        Assert.Contains("no manual masks in it", Assert.Single(unlabelled.ErrorLines), StringComparison.Ordinal);
        Assert.Contains("there is no such folder", Assert.Single(missing.ErrorLines), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["counts.csv"]));
    }
}
