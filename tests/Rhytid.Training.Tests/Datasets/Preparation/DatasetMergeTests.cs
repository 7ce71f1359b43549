using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Preparation;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;
using Rhytid.Training.Tests.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Preparation;

public sealed class DatasetMergeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_first_set_keeps_an_id_with_and_without_leading_zeros()
    {
        var merge = DatasetMerge.Plan([Ffhq(), Kim()]);

        Assert.Equal(["00007", "00012", "00013"], merge.Samples.Select(sample => sample.Id));
        Assert.Equal(["ffhq", "ffhq", "kim"], merge.Samples.Select(sample => merge.NameOf(sample.Set)));
        var dropped = Assert.Single(merge.Duplicates);
        Assert.Equal(
            ("00012", "kim", "ffhq"),
            (dropped.Dropped.Id, merge.NameOf(dropped.Dropped.Set), merge.NameOf(dropped.Kept.Set)));
        Assert.True(dropped.IsSamePhoto);
        Assert.Equal("id,set,reason,kept_from,same_photo\n00012,kim,double id,ffhq,yes\n", merge.LeftOut());
    }

    [Fact]
    public void Another_photo_under_the_same_id_is_told()
    {
        var other = new MadeSet(_folder, "other").Photo("images/00012.png", 99).Mask("masks/00012.png", 64, 5);

        var merge = DatasetMerge.Plan([Ffhq(), WrinkleDataset.Open(other.Folder)]);

        Assert.False(Assert.Single(merge.Duplicates).IsSamePhoto);
    }

    [Fact]
    public void Masks_of_every_coding_become_0_and_255_and_photos_stay_as_they_are()
    {
        var classes = new MadeSet(_folder, "classes").Photo("images/0000012.png", 5, side: 4)
            .Levels("masks/0000012.png", 0, 1, 2, 3, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2);
        var merge = DatasetMerge.Plan([Ffhq(), WrinkleDataset.Open(classes.Folder)]);

        var result = FileJobs.Run(merge.Jobs(new PlainSet(_folder["out"])), Shard.Whole, threads: 2);

        Assert.Empty(result.Failed);
        Assert.Equal(
            ["0000012.png", "00007.png", "00012.png"],
            Directory.GetFiles(_folder["out/masks"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(
            [0, 0, 0, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            ImageEncoding.LoadGray(_folder["out/masks/0000012.png"]).Samples.ToArray());
        // Its file holds 0 and 1.
        Assert.Equal(30, ImageEncoding.LoadGray(_folder["out/masks/00012.png"]).Samples.Count((byte)255));
        Assert.Equal(
            File.ReadAllBytes(_folder["ffhq/images1024x1024/00000/00012.png"]),
            File.ReadAllBytes(_folder["out/images/00012.png"]));
    }

    [Fact]
    public void Where_some_samples_are_scored_in_part_the_others_are_scored_everywhere()
    {
        var ffhq = Ffhq(set => set.Mask("scored_regions/00012.png", 64, 100));

        FileJobs.Run(DatasetMerge.Plan([ffhq, Kim()]).Jobs(new PlainSet(_folder["out"])), Shard.Whole, threads: 2);

        Assert.Equal(100, ImageEncoding.LoadMask(_folder["out/scored_regions/00012.png"]).Count());
        Assert.Equal(64 * 64, ImageEncoding.LoadMask(_folder["out/scored_regions/00013.png"]).Count());
        Assert.Equal(1000, ImageEncoding.LoadMask(_folder["out/skin_masks/00013.png"]).Count());
        Assert.False(File.Exists(_folder["out/skin_masks/00012.png"]));
    }

    [Fact]
    public void A_merged_set_says_where_each_sample_comes_from()
    {
        var lines = DatasetMerge.Plan([Ffhq(), Kim()]).Provenance().Split('\n');

        Assert.Equal("id,set,layout,photo,mask", lines[0]);
        Assert.Equal("00012,ffhq,ffhq-wrinkle,00012.png,00012.png", lines[2]);
        Assert.Equal("00013,kim,kim,13.png,13.png", lines[3]);
    }

    [Fact]
    public void Sets_of_one_name_are_told_apart_by_the_folders_above()
    {
        var a = new MadeSet(_folder, "a/set").Mask("masks/x.png", 8, 1);
        var b = new MadeSet(_folder, "b/set").Mask("masks/y.png", 8, 1);

        var merge = DatasetMerge.Plan([WrinkleDataset.Open(a.Folder), WrinkleDataset.Open(b.Folder)]);

        Assert.Equal(["a/set", "b/set"], merge.Sets.Select(merge.NameOf));
    }

    [Fact]
    public void Empty_masks_are_left_out_when_asked_for()
    {
        var set = new MadeSet(_folder, "set").Mask("masks/empty.png", 8, 0).Mask("masks/full.png", 8, 64);

        var merge = DatasetMerge.Plan([WrinkleDataset.Open(set.Folder)], dropEmpty: true);

        Assert.Equal(["full"], merge.Samples.Select(sample => sample.Id));
        Assert.Equal(["empty"], merge.Empty.Select(sample => sample.Id));
    }

    [Fact]
    public void An_empty_mask_does_not_take_the_id_of_one_with_wrinkles()
    {
        var first = new MadeSet(_folder, "first").Mask("masks/x.png", 8, 0);
        var second = new MadeSet(_folder, "second").Mask("masks/x.png", 8, 9);

        var merge = DatasetMerge.Plan(
            [WrinkleDataset.Open(first.Folder), WrinkleDataset.Open(second.Folder)], dropEmpty: true);

        Assert.Equal("second", merge.NameOf(Assert.Single(merge.Samples).Set));
    }

    [Fact]
    public void A_damaged_file_is_named_where_it_is_needed_and_stops_nothing_else()
    {
        var (first, second) =
            (new MadeSet(_folder, "first").Photo("images/x.png", 1).Mask("masks/x.png", 8, 9),
                new MadeSet(_folder, "second").Mask("masks/x.png", 8, 9).Mask("masks/y.png", 8, 9));
        Directory.CreateDirectory(second["images"]);
        File.WriteAllText(second["images/x.png"], "text");
        File.WriteAllText(second["masks/y.png"], "text");

        var merge = DatasetMerge.Plan(
            [WrinkleDataset.Open(first.Folder), WrinkleDataset.Open(second.Folder)], dropEmpty: true);
        var result = FileJobs.Run(merge.Jobs(new PlainSet(_folder["out"])), Shard.Whole, threads: 1);

        Assert.Null(Assert.Single(merge.Duplicates).IsSamePhoto);
        Assert.Equal("y", Assert.Single(result.Failed).Name);
        Assert.Equal(2, result.Done);
    }

    [Fact]
    public void A_set_without_masks_cannot_be_merged()
    {
        var set = new MadeSet(_folder, "photos").Photo("images/a.png", 1);

        var error = Assert.Throws<DatasetException>(() => DatasetMerge.Plan([WrinkleDataset.Open(set.Folder)]));

        Assert.Contains("no manual masks", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_another_set_in_the_folder_are_found()
    {
        var target = new PlainSet(_folder["out"]);
        FileJobs.Run(DatasetMerge.Plan([Ffhq(), Kim()]).Jobs(target), Shard.Whole, threads: 2);

        Assert.Empty(target.UnexpectedFiles(DatasetMerge.Plan([Ffhq(), Kim()]).Jobs(target)));
        Assert.Equal(
            ["00013.png", "00013.png", "00013.png"],
            target.UnexpectedFiles(DatasetMerge.Plan([Ffhq()]).Jobs(target)).Select(Path.GetFileName));
    }

    // Kim et al.'s 1,000 labels of which 820 are left beside FFHQ-Wrinkle's, if the published counts hold.
    [Fact]
    public void A_thousand_labels_of_which_180_are_double_leave_820()
    {
        var ffhq = new MadeSet(_folder, "big").Mask("manual_wrinkle_masks/00000.png", 1, 1);
        var kim = new MadeSet(_folder, "big-kim").Mask("wrinkle_masks/0.png", 1, 1);
        for (var id = 1; id < 1000; id++)
        {
            File.Copy(ffhq["manual_wrinkle_masks/00000.png"], ffhq[$"manual_wrinkle_masks/{id:D5}.png"]);
            File.Copy(kim["wrinkle_masks/0.png"], kim[$"wrinkle_masks/{(id < 180 ? id : id + 1000)}.png"]);
        }

        var merge = DatasetMerge.Plan([WrinkleDataset.Open(ffhq.Folder), WrinkleDataset.Open(kim.Folder)]);

        Assert.Equal((1820, 180), (merge.Samples.Count, merge.Duplicates.Count));
        Assert.All(merge.Duplicates, pair => Assert.Null(pair.IsSamePhoto));
    }

    private WrinkleDataset Ffhq(Action<MadeSet>? more = null)
    {
        var set = new MadeSet(_folder, "ffhq")
            .Photo("images1024x1024/00000/00012.png", 1).Mask("manual_wrinkle_masks/00012.png", 64, 30, value: 1)
            .Photo("images1024x1024/00000/00007.png", 2).Mask("manual_wrinkle_masks/00007.png", 64, 40)
            .Photo("images1024x1024/00000/00999.png", 3);
        more?.Invoke(set);
        return WrinkleDataset.Open(set.Folder);
    }

    private WrinkleDataset Kim() => WrinkleDataset.Open(new MadeSet(_folder, "kim")
        .Photo("images/12.png", 1).Mask("wrinkle_masks/12.png", 64, 10)
        .Photo("images/13.png", 4).Mask("wrinkle_masks/13.png", 64, 20).Mask("skin_masks/13.png", 64, 1000).Folder);
}
