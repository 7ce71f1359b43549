using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Annotators;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Annotators;

public sealed class AnnotatorSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_folder_may_hold_all_annotators()
    {
        foreach (var name in new[] { "B", "A", "C" })
            Save($"base/annotators/{name}/00001.png", Masks.Of("01"));

        var set = AnnotatorSet.Open([_folder["base"]]);

        Assert.Equal(["A", "B", "C"], set.Annotators.Select(annotator => annotator.Name));
        Assert.Equal(["00001"], set.CompleteIds);
    }

    [Fact]
    public void Folders_may_be_data_sets_masks_or_what_segment_writes()
    {
        Save("data/masks/a.png", Plane<byte>.FromPixels([3, 2, 1, 0], 4, 1));
        Save("masks/a.png", Plane<byte>.FromPixels([1, 0, 1, 0], 4, 1));
        Save("segmented/a.mask.png", Masks.Of("0101"));
        Save("segmented/a.map.png", Plane<byte>.FromPixels([9, 99, 9, 99], 4, 1));
        Directory.CreateDirectory(_folder["data/images"]);

        var set = AnnotatorSet.Open([_folder["data"], _folder["masks"], _folder["segmented"]]);

        Assert.Equal(["a"], set.Ids);
        Assert.Equal(
            [Masks.Of("1000"), Masks.Of("1010"), Masks.Of("0101")], set.Load("a"),
            (x, y) => x!.Samples.SequenceEqual(y!.Samples));
    }

    [Fact]
    public void A_wrinkle_value_is_for_masks_of_class_values_only()
    {
        Save("coded/a.png", Plane<byte>.FromPixels([5, 2, 0], 3, 1));
        Save("plain/a.png", Masks.Of("110"));

        Assert.Contains(
            "--wrinkle-value",
            Assert.Throws<DatasetException>(() => AnnotatorSet.Open([_folder["coded"], _folder["plain"]])).Message,
            StringComparison.Ordinal);
        var set = AnnotatorSet.Open([_folder["coded"], _folder["plain"]], wrinkleValue: 2);

        Assert.Equal([2, null], set.Annotators.Select(annotator => annotator.WrinkleValue));
        Assert.Equal(Masks.Of("010").Samples, set.Load("a")[0]!.Samples);
        Assert.Equal(Masks.Of("110").Samples, set.Load("a")[1]!.Samples);
    }

    [Fact]
    public void What_an_annotator_lacks_is_known()
    {
        Save("x/1.png", Masks.Of("01"));
        Save("x/2.png", Masks.Of("00"));
        Save("y/2.png", Masks.Of("01"));
        Save("y/3.png", Masks.Of("01"));

        var set = AnnotatorSet.Open([_folder["x"], _folder["y"]]);

        Assert.Equal(["1", "2", "3"], set.Ids);
        Assert.Equal(["2"], set.CompleteIds);
        Assert.Equal(["3"], set.MissingOf(set.Annotators[0]));
        Assert.Null(set.Load("3")[0]);
        Assert.Empty(set.WithoutEmpty().CompleteIds);
    }

    [Fact]
    public void All_masks_of_another_size_are_named()
    {
        Save("x/1.png", new Mask(4, 3));
        Save("y/1.png", new Mask(5, 3));
        Save("z/1.png", new Mask(4, 4));

        var error =
            Assert.Throws<DatasetException>(
                () => AnnotatorSet.Open([_folder["x"], _folder["y"], _folder["z"]]).Load("1"));

        Assert.Equal("1: y has 5 x 3 pixels, z has 4 x 4 pixels, x 4 x 3", error.Message);
    }

    [Fact]
    public void Folders_of_one_name_are_called_by_their_paths()
    {
        Save("x/masks/1.png", Masks.Of("01"));
        Save("y/masks/1.png", Masks.Of("01"));

        var set = AnnotatorSet.Open([_folder["x/masks"], _folder["y/masks"]]);

        Assert.Equal([_folder["x/masks"], _folder["y/masks"]], set.Annotators.Select(annotator => annotator.Name));
    }

    [Fact]
    public void Regions_that_limit_where_pixels_count_come_with_the_data_set()
    {
        Save("data/manual_wrinkle_masks/00001.png", Masks.Of("0111"));
        Save("data/scored_regions/00001.png", Masks.Of("0011"));
        Save("masks/00001.png", Masks.Of("1111"));

        var set = AnnotatorSet.Open([_folder["data"], _folder["masks"]]);

        Assert.Equal(Masks.Of("0011").Samples, set.LoadScoredRegion("00001")!.Samples);
        Assert.Null(
            AnnotatorSet.Open([_folder["masks"], _folder["data/manual_wrinkle_masks"]]).LoadScoredRegion("00001"));
    }

    [Fact]
    public void What_cannot_be_annotators_is_refused()
    {
        Save("x/1.png", Masks.Of("01"));
        Directory.CreateDirectory(_folder["empty"]);

        void Refused(string reason, params string[] folders) =>
            Assert.Contains(
                reason,
                Assert.Throws<DatasetException>(
                    () => AnnotatorSet.Open([.. folders.Select(folder => _folder[folder])])).Message,
                StringComparison.Ordinal);

        Refused("one annotator only", "x");
        Refused("is given twice", "x", "x/");
        Refused("there is no such folder", "x", "none");
        Refused("no data set in it", "x", "empty");
    }

    private void Save(string name, Raster<byte> mask)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        mask.Save(_folder[name]);
    }
}
