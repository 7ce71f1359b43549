using Rhytid.Tests.Shared;

namespace Rhytid.Models.Tests;

[Collection(ModelTests.OneAtATime)]
public class ModelCountTests
{
    public static TheoryData<string> Rows =>
        [.. GoldenFolder
            .Json("models", "cases.json")
            .GetProperty("counts")
            .EnumerateArray()
            .Select(row => row.GetRawText())];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Parameters_are_as_many_as_published(string row)
    {
        var golden = System.Text.Json.JsonDocument.Parse(row).RootElement;
        using var network = GoldenWeights.Build(golden);
        Assert.Equal(golden.GetProperty("all").GetInt64(), network.Parameters.CountParameters());
        Assert.Equal(golden.GetProperty("leaf").GetInt64(), network.Parameters.CountParameters(leafOnly: true));
    }

    [Fact]
    public void The_table_of_counts_is_what_building_gives()
    {
        foreach (var row in PublishedCounts.All)
            Assert.Equal((row.All, row.Leaf), PublishedCounts.Count(row.Id, row.Options));
    }

    [Fact]
    public void The_table_has_every_row_that_PyTorch_counted()
    {
        var golden = GoldenFolder.Json("models", "cases.json").GetProperty("counts").EnumerateArray()
            .Select(
                row => (GoldenWeights.OptionsOf(row.GetProperty("model").GetString()!, null).Id,
                    row.GetProperty("in").GetInt32(), row.GetProperty("out").GetInt32(),
                    row.GetProperty("all").GetInt64()));
        var table =
            PublishedCounts.All.Select(row => (row.Id, row.Options.InChannels, row.Options.OutChannels, row.All));
        Assert.Equal(golden.Order(), table.Order());
    }

    [Fact]
    public void A_row_matches_where_the_published_figure_is_the_count_rounded()
    {
        foreach (var row in PublishedCounts.All)
        {
            Assert.Equal(row.Published is null, row.Matches is null);
            if (row.Published is not { } text)
                continue;
            var digits = text.Length - text.IndexOf('.', StringComparison.Ordinal) - 2;
            Assert.Equal(
                row.Matches,
                Math.Round(row.Leaf / 1e6m, digits)
                    == decimal.Parse(text[..^1], System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
