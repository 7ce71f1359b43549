using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Preparation;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;
using Rhytid.Training.Tests.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Preparation;

public sealed class DatasetSplitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_same_photo_under_two_names_stays_in_one_part()
    {
        TestDataset.WritePlain(_folder["set"], 20);
        TestDataset.Write(TestDataset.Photo(3), _folder["set"], "images", "copy.png");
        TestDataset.Write(TestDataset.Line(3), _folder["set"], "masks", "copy.png");

        var split = Create();

        Assert.Equal(["00003", "copy"], Assert.Single(split.SamePhotos));
        Assert.Equal(20, split.Split.Photos);
        var parts = new[] { split.Split.Train, split.Split.Val, split.Split.Test };
        Assert.Contains(parts, part => part.Contains("00003") && part.Contains("copy"));
        Assert.Equal(("set", 21), (split.Sources[0].Name, split.Sources[0].Ids.Count));
        Assert.Empty(Create(new DatasetSplitOptions { FindDuplicates = false }).SamePhotos);
    }

    [Fact]
    public void Damaged_photos_and_those_without_mask_or_wrinkle_are_left_out_and_named()
    {
        TestDataset.WritePlain(_folder["set"], 20);
        File.WriteAllText(_folder["set/images/00001.png"], "no picture");
        File.Delete(_folder["set/masks/00002.png"]);
        TestDataset.Write(new Imaging.Mask(64, 64), _folder["set"], "masks", "00003.png");
        File.Delete(_folder["set/images/00004.png"]);

        var split = Create(new DatasetSplitOptions { DropEmpty = true });

        Assert.Equal("00001", Assert.Single(split.Damage).Id);
        var source = Assert.Single(split.Sources);
        Assert.Equal((1, 1), (source.WithoutMask, source.Empty));
        Assert.Equal(["00004"], source.WithoutPhoto);
        Assert.Equal(16, source.Ids.Count);
    }

    [Fact]
    public void Lists_say_what_is_tested_and_what_is_in_no_part()
    {
        TestDataset.WritePlain(_folder["set"], 20);
        File.WriteAllLines(_folder["test.txt"], ["00005", "misspelt"]);
        File.WriteAllLines(_folder["exclude.txt"], ["00006"]);

        var split = Create(new DatasetSplitOptions
        {
            TestList = _folder["test.txt"],
            Exclude = _folder["exclude.txt"],
        });
        split.Write(_folder["split"]);

        Assert.Equal(["00005"], split.Split.Test);
        Assert.Equal(["00006"], split.Split.Excluded);
        var unknown = Assert.Single(split.Unknown);
        Assert.Equal((_folder["test.txt"], 2), (unknown.List, unknown.Listed));
        Assert.Equal(["misspelt"], unknown.Unknown);
        Assert.Equal(2, split.TestListCount);
        Assert.Equal(["00005"], IdList.Load(_folder["split/test.txt"]));
        var text = File.ReadAllText(_folder["split/test.txt"]);
        Assert.Contains("test ids from test.txt", text, StringComparison.Ordinal);
        Assert.Contains("excluded: 1 ids, from exclude.txt", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_without_manual_masks_is_refused_unless_all_photos_are_wanted()
    {
        TestDataset.WritePlain(_folder["set"], 20);
        Directory.Delete(_folder["set/masks"], recursive: true);

        Assert.Throws<DatasetException>(() => Create());
        Assert.Equal(20, Create(new DatasetSplitOptions { All = true }).Split.Photos);
    }

    private DatasetSplit Create(DatasetSplitOptions? options = null) => DatasetSplit.Create(
        [WrinkleDataset.Open(_folder["set"])], options ?? new DatasetSplitOptions { Threads = 2 });
}
