using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Tests.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Inspection;

public sealed class DatasetCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Findings_go_into_json()
    {
        TestDataset.WritePlain(_folder["set"], 2);
        File.WriteAllBytes(_folder["set/images/00001.png"], []);

        var checks = DatasetCheck.Run([WrinkleDataset.OpenForCheck(_folder["set"])], threads: 1);

        using var json = System.Text.Json.JsonDocument.Parse(DatasetCheck.ToJson(checks, [["a", "b"]]));
        var finding = json.RootElement.GetProperty("sets")[0].GetProperty("findings")[0];
        Assert.Equal("empty", finding.GetProperty("kind").GetString());
        Assert.Equal("00001", finding.GetProperty("id").GetString());
        Assert.Equal("b", json.RootElement.GetProperty("samePhotos")[0][1].GetString());
    }

    [Fact]
    public void A_good_set_has_no_findings()
    {
        TestDataset.WritePlain(_folder.Path, 4);

        Assert.Empty(Check().Findings);
    }

    private DatasetCheck Check() => DatasetCheck.Run(WrinkleDataset.OpenForCheck(_folder.Path), threads: 2);
}
