using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Tests.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Inspection;

public sealed class SampleCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_problems_at_once_each_by_name()
    {
        TestDataset.WritePlain(_folder.Path, 8);
        File.Delete(_folder["images/00000.png"]);
        File.Delete(_folder["masks/00001.png"]);
        new Mask(64, 64).Save(_folder["masks/00002.png"]);
        TestDataset.Line(3, side: 32).Save(_folder["masks/00003.png"]);
        File.WriteAllBytes(_folder["images/00004.png"], File.ReadAllBytes(_folder["images/00004.png"])[..200]);
        File.WriteAllBytes(_folder["masks/00005.png"], []);
        TestDataset.Photo(6).Save(_folder["masks/00006.png"]);
        TestDataset.Photo(9).Save(_folder["images/00007.jpg"]);

        var findings = Check().Findings.Select(finding => (finding.Id, finding.Kind));

        Assert.Equal(
        [
            ("00000", FindingKind.Missing),
            ("00001", FindingKind.Missing),
            ("00002", FindingKind.EmptyMask),
            ("00003", FindingKind.WrongSize),
            ("00004", FindingKind.Unreadable),
            ("00005", FindingKind.Empty),
            ("00006", FindingKind.WrongValues),
            ("00007", FindingKind.TwoFiles),
        ], findings);
    }

    [Fact]
    public void Sizes_of_regions_and_textures()
    {
        TestDataset.WritePlain(_folder.Path, 2);
        TestDataset.Write(Mask.Full(64, 64), _folder.Path, "scored_regions", "00000.png");
        TestDataset.Write(Mask.Full(32, 64), _folder.Path, "skin_masks", "00000.png");
        TestDataset.Write(Mask.Full(64, 64), _folder.Path, "skin_masks", "00001.png");

        var findings = Check().Findings.Select(finding => (finding.Id, finding.Kind));

        Assert.Equal([("00000", FindingKind.WrongSize), ("00001", FindingKind.Missing)], findings);
    }

    private DatasetCheck Check() => DatasetCheck.Run(WrinkleDataset.OpenForCheck(_folder.Path), threads: 2);
}
