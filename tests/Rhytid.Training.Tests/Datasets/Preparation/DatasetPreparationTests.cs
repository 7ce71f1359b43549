using Rhytid.Imaging;
using Rhytid.Synthesis.Portraits;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Preparation;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Tests.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Preparation;

public sealed class DatasetPreparationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_plain_set_becomes_a_complete_one()
    {
        var portrait = PortraitSynthesizer.Draw(new PortraitOptions { Seed = 3, Size = 256, Age = 70 });
        TestDataset.Write(portrait.Image, _folder.Path, "set", "images", "00003.png");
        TestDataset.Write(portrait.WrinkleMask, _folder.Path, "set", "masks", "00003.png");
        TestDataset.Write(portrait.SkinMask, _folder.Path, "set", "skin_masks", "00003.png");
        using var finder = new PhotoSkinFinder();
        var preparation = new DatasetPreparation(
            WrinkleDataset.Open(_folder["set"]), _folder["prepared"], parser: null, finder, whole: true);

        foreach (var step in preparation.Steps())
            Assert.Empty(FileJobs.Run(step.Jobs, Shard.Whole, threads: 1).Failed);

        var prepared = preparation.Open();
        Assert.Empty(DatasetCheck.Run(prepared, threads: 1).Findings);
        var sample = Assert.Single(prepared.Samples);
        Assert.Equal(portrait.Image.Samples.ToArray(), SampleFiles.LoadPhoto(sample).Samples.ToArray());
        var masked = Image.Load(sample.MaskedImagePath!);
        for (var i = 0; i < portrait.SkinMask.Samples.Length; i++)
            Assert.Equal(portrait.SkinMask.Samples[i] != 0 ? portrait.Image.Samples[3 * i] : 0, masked.Samples[3 * i]);
        Assert.NotNull(sample[Channel.Texture]);
        Assert.Equal("ffhq-wrinkle", WrinkleDataset.Open(_folder["prepared"]).Layout.Name);
    }

    [Fact]
    public void Without_manual_masks_there_is_nothing_to_prepare()
    {
        TestDataset.Write(TestDataset.Photo(1), _folder.Path, "a.png");
        using var finder = new PhotoSkinFinder();

        Assert.Contains("no manual masks", Assert.Throws<DatasetException>(() =>
            new DatasetPreparation(
                WrinkleDataset.Open(_folder.Path), _folder["out"], parser: null, finder,
                whole: true)).Message, StringComparison.Ordinal);
    }
}
