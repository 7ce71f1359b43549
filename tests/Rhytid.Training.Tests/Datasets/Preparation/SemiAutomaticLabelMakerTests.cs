using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Preparation;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Tests.Datasets.Sets;
using static Rhytid.Training.Tests.Datasets.Preparation.SemiAutomaticCases;

namespace Rhytid.Training.Tests.Datasets.Preparation;

public sealed class SemiAutomaticLabelMakerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

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
}
