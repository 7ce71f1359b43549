using Rhytid.Models;
using Rhytid.Tests.Shared;

namespace Rhytid.Tests.Models;

[Collection(ModelTests.OneAtATime)]
public class ModelCountTests
{
    public static TheoryData<string> Rows => [.. GoldenFolder.Json("models", "cases.json").GetProperty("counts").EnumerateArray().Select(row => row.GetRawText())];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Parameters_are_as_many_as_published(string row)
    {
        var golden = System.Text.Json.JsonDocument.Parse(row).RootElement;
        using var network = GoldenWeights.Build(golden);
        Assert.Equal(golden.GetProperty("all").GetInt64(), network.Parameters.CountParameters());
        Assert.Equal(golden.GetProperty("leaf").GetInt64(), network.Parameters.CountParameters(leafOnly: true));
    }
}
