using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Sets;

public sealed class DatasetLayoutTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ffhq_wrinkle_as_published()
    {
        TestDataset.Write(TestDataset.Photo(1), _folder.Path, "images1024x1024", "00000", "00001.png");
        TestDataset.Write(TestDataset.Photo(2), _folder.Path, "images1024x1024", "21000", "21035.jpg");
        TestDataset.Write(TestDataset.Line(1), _folder.Path, "manual_wrinkle_masks", "00001.png");
        TestDataset.Write(TestDataset.Photo(1), _folder.Path, "weak_wrinkle_masks", "00000", "00001.png");
        Directory.CreateDirectory(_folder["etcs/face_parsed_labels"]);
        File.WriteAllBytes(_folder["etcs/face_parsed_labels/00001.npy"], []);

        var dataset = WrinkleDataset.Open(_folder.Path);

        Assert.Equal("ffhq-wrinkle", dataset.Layout.Name);
        Assert.Equal(["00001", "21035"], dataset.Samples.Select(sample => sample.Id));
        var labelled = Assert.Single(dataset.Labelled);
        Assert.Equal("00001", labelled.Id);
        Assert.EndsWith("00001.npy", labelled[Channel.Labels], StringComparison.Ordinal);
        Assert.EndsWith("00001.png", labelled[Channel.Texture], StringComparison.Ordinal);
        Assert.Null(dataset.Samples[1][Channel.Wrinkles]);
    }

    [Theory]
    [InlineData(1, "plain")]
    [InlineData(3, "rahmati")]
    [InlineData(18, "parsing")]
    [InlineData(255, "plain")]
    public void Mask_values_tell_the_layout(byte largest, string layout)
    {
        TestDataset.Write(TestDataset.Photo(1), _folder.Path, "images", "a.png");
        var mask = new Plane<byte>(64, 64);
        mask.Samples[..50].Fill(largest);
        TestDataset.Write(mask, _folder.Path, "masks", "a.png");

        Assert.Equal(layout, WrinkleDataset.Open(_folder.Path).Layout.Name);
    }

    [Fact]
    public void Rahmatis_three_is_wrinkle()
    {
        TestDataset.Write(TestDataset.Photo(1), _folder.Path, "images", "a.png");
        var mask = new Plane<byte>(64, 64);
        mask.Samples[..50].Fill(2);
        mask.Samples[100..107].Fill(3);
        TestDataset.Write(mask, _folder.Path, "masks", "a.png");

        var dataset = WrinkleDataset.Open(_folder.Path);

        Assert.Equal(7, dataset.LoadMask(dataset.Samples[0]).Count());
    }

    [Fact]
    public void A_folder_of_sets_or_of_masks_is_no_set()
    {
        TestDataset.WritePlain(_folder["all/one"], 1);
        TestDataset.WritePlain(_folder["all/two"], 1);

        Assert.Contains(
            "holds data sets in one, two; give those",
            Assert.Throws<DatasetException>(() => WrinkleDataset.Open(_folder["all"])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "holds masks, not photos",
            Assert.Throws<DatasetException>(() => WrinkleDataset.Open(_folder["all/one/masks"])).Message,
            StringComparison.Ordinal);
        Assert.Equal("photos", WrinkleDataset.Open(_folder["all/one/images"]).Layout.Name);
    }
}
