using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Training.Tests.Datasets.Sets;

public sealed class WrinkleDatasetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Kim_with_and_without_leading_zeros_and_photos_elsewhere()
    {
        TestDataset.Write(TestDataset.Line(1), _folder.Path, "kim", "wrinkle_masks", "12.png");
        TestDataset.Write(TestDataset.Line(2), _folder.Path, "kim", "skin_masks", "00012.png");
        TestDataset.Write(TestDataset.Photo(1), _folder.Path, "ffhq", "00000", "00012.png");
        TestDataset.Write(TestDataset.Photo(2), _folder.Path, "ffhq", "00000", "00013.png");

        var dataset = WrinkleDataset.Open(_folder["kim"], new DatasetOptions { Elsewhere = new ChannelSet<string>().With(Channel.Photo, _folder["ffhq"]) });

        Assert.Equal("kim", dataset.Layout.Name);
        var sample = Assert.Single(dataset.Samples);
        Assert.Equal("00012", sample.Id);
        Assert.NotNull(sample[Channel.Photo]);
        Assert.NotNull(sample[Channel.Skin]);
    }

    [Fact]
    public void Labels_and_skin_masks_elsewhere()
    {
        TestDataset.Write(TestDataset.Photo(1), _folder.Path, "photos", "a.png");
        TestDataset.Write(TestDataset.Line(1), _folder.Path, "skin", "a.png");
        TestDataset.Write(TestDataset.Line(1), _folder.Path, "skin", "of-another-set.png");

        var dataset = WrinkleDataset.Open(
            _folder["photos"], new DatasetOptions
            {
                Elsewhere = new ChannelSet<string>()
                    .With(Channel.Skin, _folder["skin"])
                    .With(Channel.Labels, _folder["skin"]),
            });

        var sample = Assert.Single(dataset.Samples);
        Assert.NotNull(sample[Channel.Skin]);
        Assert.NotNull(sample[Channel.Labels]);
    }

    [Fact]
    public void A_folder_of_photos()
    {
        TestDataset.Write(TestDataset.Photo(1), _folder.Path, "some", "a.png");
        TestDataset.Write(TestDataset.Photo(2), _folder.Path, "b.jpg");

        var dataset = WrinkleDataset.Open(_folder.Path);

        Assert.Equal("photos", dataset.Layout.Name);
        Assert.Equal(["a", "b"], dataset.Samples.Select(sample => sample.Id));
    }

    [Fact]
    public void Two_files_for_one_id_are_refused_by_name()
    {
        TestDataset.Write(TestDataset.Photo(1), _folder.Path, "images", "a.png");
        TestDataset.Write(TestDataset.Photo(2), _folder.Path, "images", "a.jpg");

        var error = Assert.Throws<DatasetException>(() => WrinkleDataset.Open(_folder.Path));

        Assert.Contains("two files for id a", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_there_is_one_line()
    {
        Assert.Contains(
            "no such folder", Assert.Throws<DatasetException>(() => WrinkleDataset.Open(_folder["absent"])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "no data set in it", Assert.Throws<DatasetException>(() => WrinkleDataset.Open(_folder.Path)).Message,
            StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("ffhq-mini", "ffhq-wrinkle", 64, 64)]
    [InlineData("rahmati", "rahmati", 109, 109)]
    [InlineData("celebamask-mini/train", "parsing", 1000, 0)]
    [InlineData("photos", "photos", 6, 0)]
    public void Real_sets(string folder, string layout, int samples, int labelled)
    {
        var dataset = WrinkleDataset.Open(Repository.SharedData(folder.Split('/')));

        Assert.Equal(
            (layout, samples, labelled), (dataset.Layout.Name, dataset.Samples.Count, dataset.Labelled.Count()));
    }
}
