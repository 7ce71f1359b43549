using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Tests.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Inspection;

public sealed class ClassImbalanceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pixels_are_counted_over_the_image_the_scored_region_and_the_skin()
    {
        // 100 pixels: 8 wrinkles from the first on, 20 scored, 5 of them skin.
        var set = new MadeSet(_folder, "set").Mask("masks/a.png", 10, 8)
            .Mask("scored_regions/a.png", 10, 20)
            .Mask("skin_masks/a.png", 10, 5)
                .Mask("masks/b.png", 10, 2).Mask("skin_masks/b.png", 10, 50);

        var imbalance = ClassImbalance.Run(WrinkleDataset.Open(set.Folder), SkinSources.Masks, threads: 2);

        Assert.Equal(["image", "scored region", "scored skin"], imbalance.Regions.Select(region => region.Name));
        Assert.Equal(new ImageClassCounts("a", new(8, 92), new(8, 12), new(5, 0)), imbalance.Images[0]);
        Assert.Equal(new ImageClassCounts("b", new(2, 98), null, new(2, 48)), imbalance.Images[1]);
        Assert.Equal(new ClassCounts(10, 190), imbalance.Regions[0].Pooled);
        Assert.Equal(19, imbalance.Regions[0].Pooled.Ratio);
        Assert.Equal(0.05, imbalance.Regions[0].Pooled.WrinkleShare);
        Assert.Equal(0.05, imbalance.Regions[0].PerImage.Median, 12);
        Assert.Equal((1, new ClassCounts(8, 12)), (imbalance.Regions[1].Images, imbalance.Regions[1].Pooled));
        Assert.Equal(new ClassCounts(7, 48), imbalance.Regions[2].Pooled);
        Assert.Empty(imbalance.Empty);
        Assert.Empty(imbalance.Failed);
    }

    [Fact]
    public void Counts_go_into_tables_and_JSON()
    {
        var set = new MadeSet(_folder, "set").Mask("masks/a.png", 10, 8).Mask("masks/b.png", 10, 0);

        var imbalance = ClassImbalance.Run(WrinkleDataset.Open(set.Folder), skin: null, threads: 1);

        Assert.EndsWith("skin_wrinkle\na,100,8,,,,\nb,100,0,,,,\n", imbalance.ToCsv(), StringComparison.Ordinal);
        using var json = System.Text.Json.JsonDocument.Parse(imbalance.ToJson(skin: null, warning: "few"));
        var root = json.RootElement;
        Assert.Equal("b", Assert.Single(root.GetProperty("emptyMasks").EnumerateArray()).GetString());
        Assert.Equal("few", root.GetProperty("warning").GetString());
        Assert.Equal(4, root.GetProperty("regions")[0].GetProperty("wrinklePercent").GetDouble(), 12);
    }

    [Fact]
    public void Masks_of_0_and_1_and_of_class_values_are_understood()
    {
        var ones = new MadeSet(_folder, "ones").Mask("masks/a.png", 10, 7, value: 1);
        var classes = new MadeSet(_folder, "classes").Levels("masks/a.png", 0, 1, 2, 3);

        Assert.Equal(7, ClassImbalance.Run(WrinkleDataset.Open(ones.Folder), null, 1).Regions[0].Pooled.Wrinkle);
        Assert.Equal(
            new ClassCounts(1, 3), ClassImbalance.Run(WrinkleDataset.Open(classes.Folder), null, 1).Regions[0].Pooled);
    }

    [Fact]
    public void What_cannot_be_read_is_named_and_the_rest_is_counted()
    {
        var set = new MadeSet(_folder, "set").Mask("masks/a.png", 10, 8)
            .Mask("masks/b.png", 10, 0)
            .Mask("masks/c.png", 10, 1)
            .Mask("scored_regions/c.png", 5, 5);
        File.WriteAllText(set["masks/d.png"], "text");

        var imbalance = ClassImbalance.Run(WrinkleDataset.Open(set.Folder), SkinSources.Masks, threads: 2);

        Assert.Equal(["a", "b"], imbalance.Images.Select(image => image.Id));
        Assert.Equal(["b"], imbalance.Empty);
        Assert.Equal(["a", "b", "c", "d"], imbalance.Failed.Select(failure => failure.Id));
        Assert.Contains("there is no skin mask", imbalance.Failed[0].Reason, StringComparison.Ordinal);
        Assert.Contains("has 5 x 5 pixels, the mask 10 x 10", imbalance.Failed[2].Reason, StringComparison.Ordinal);
        Assert.Contains("d.png: this is not a picture", imbalance.Failed[3].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Skin_of_another_size_is_brought_to_the_masks()
    {
        var set = new MadeSet(_folder, "set").Mask("masks/a.png", 20, 40).Mask("skin_masks/a.png", 10, 50);

        var imbalance = ClassImbalance.Run(WrinkleDataset.Open(set.Folder), SkinSources.Masks, threads: 1);

        Assert.Equal(new ClassCounts(40, 160), imbalance.Images[0].Skin);
    }

    [Fact]
    public void A_set_without_masks_has_nothing_to_count()
    {
        var set = new MadeSet(_folder, "set").Photo("images/a.png", 1);

        Assert.Throws<DatasetException>(() => ClassImbalance.Run(WrinkleDataset.Open(set.Folder), null, 1));
    }

    // The share that Moon et al.'s own scores imply is 0.59 to 0.63 %.
    [SkippableFact]
    public void Masks_drawn_by_hand_on_ffhq_have_about_the_share_that_the_publications_scores_imply()
    {
        var imbalance = ClassImbalance.Run(WrinkleDataset.Open(Repository.SharedData("ffhq-mini")), null, threads: 2);

        Assert.Equal(64L * 1024 * 1024, imbalance.Regions[0].Pooled.Total);
        Assert.InRange(imbalance.Regions[0].Pooled.WrinkleShare, 0.005, 0.008);
        Assert.Null(ImbalanceWarning.For(imbalance));
    }
}
