using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Textures;
using Rhytid.Training.Datasets.Preparation;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Tests.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Preparation;

public sealed class SemiAutomaticLabelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(AdaptiveRule.Gaussian)]
    [InlineData(AdaptiveRule.Bradley)]
    public void A_band_painted_over_a_dark_line_becomes_the_line(AdaptiveRule rule)
    {
        var (photo, rough) = LineUnderABand(96);

        var label = SemiAutomaticLabel.Compute(photo, rough, rule);

        Assert.True(label[48, 40]);
        Assert.False(label[48, 44]);
        Assert.Equal(label.Count(), label.And(rough).Count());
        Assert.InRange(label.Count(), 60, 260);
    }

    [Fact]
    public void It_is_the_specifications_formula()
    {
        var (photo, rough) = LineUnderABand(96);
        var masked = TextureMap.Compute(photo, rough);
        var inverted = new Plane<byte>(96, 96);
        for (var i = 0; i < inverted.Samples.Length; i++)
            inverted.Samples[i] = (byte)(255 - masked.Samples[i]);

        Assert.Equal(
            AdaptiveThreshold.Gaussian(inverted).Samples.ToArray(),
            SemiAutomaticLabel.Compute(photo, rough).Samples.ToArray());
    }

    [Fact]
    public void Without_a_rough_label_there_is_no_label()
    {
        var (photo, _) = LineUnderABand(96);

        Assert.Equal(0, SemiAutomaticLabel.Compute(photo, new Mask(96, 96)).Count());
        Assert.Equal(0, SemiAutomaticLabel.Compute(photo, new Mask(96, 96), AdaptiveRule.Bradley).Count());
        Assert.Throws<ArgumentException>(() => SemiAutomaticLabel.Compute(photo, new Mask(50, 96)));
    }

    [Fact]
    public void A_set_becomes_a_plain_set_of_the_size_asked_for()
    {
        var set = new MadeSet(_folder, "rough").Photo("images/a.png", 1)
            .Mask("masks/a.png", 64, 640)
            .Mask("skin_masks/a.png", 64, 4096)
            .Photo("images/unlabelled.png", 2);
        var dataset = WrinkleDataset.Open(set.Folder);
        var target = new PlainSet(_folder["out"]);

        FileJobs.Run(
            new SemiAutomaticLabelMaker(new SemiAutomaticOptions { Size = 32 }).Jobs(dataset, target), Shard.Whole,
            threads: 1);

        var made = WrinkleDataset.Open(_folder["out"]);
        var sample = Assert.Single(made.Samples);
        Assert.Equal(32, SampleFiles.LoadPhoto(sample).Width);
        Assert.Equal(32, made.LoadMask(sample).Height);
        Assert.Equal(32 * 32, ImageEncoding.LoadMask(sample[Channel.Skin]!).Count());
    }

    [Fact]
    public void A_thin_rough_label_is_not_lost_when_it_is_shrunk()
    {
        var (photo, _) = LineUnderABand(256);
        var set = new MadeSet(_folder, "thin");
        Directory.CreateDirectory(set["images"]);
        Directory.CreateDirectory(set["masks"]);
        photo.Save(set["images/a.png"]);
        var thin = new Mask(256, 256);
        thin.DrawLine([new(10, 40), new(240, 40)]);
        thin.Save(set["masks/a.png"]);
        var dataset = WrinkleDataset.Open(set.Folder);

        var label = new SemiAutomaticLabelMaker(new SemiAutomaticOptions { Size = 64 }).Make(
            dataset, dataset.Samples[0]);

        Assert.True(label.Count() > 20, $"{label.Count()}");
    }

    // A dark line in row 40 of a bright photo; the rough label is a band of 13 rows around it.
    private static (Plane<byte> Photo, Mask Rough) LineUnderABand(int side)
    {
        var photo = new Plane<byte>(side, side);
        photo.Samples.Fill(180);
        photo.Row(40).Fill(70);
        var rough = new Mask(side, side);
        for (var y = 34; y <= 46; y++)
            rough.Row(y)[8..(side - 8)].Fill(Mask.Set);
        return (photo, rough);
    }
}
