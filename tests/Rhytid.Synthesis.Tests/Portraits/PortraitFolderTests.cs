using Rhytid.Imaging;
using Rhytid.Synthesis.Portraits;
using Rhytid.Tests.Shared;

namespace Rhytid.Synthesis.Tests.Portraits;

public sealed class PortraitFolderTests : IDisposable
{
    private static readonly PortraitFolderOptions Two = new()
    {
        Portrait = new PortraitOptions { Seed = 5, Size = 128 },
        Count = 2,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_portrait_has_its_picture_its_masks_and_its_labels_named_by_its_seed()
    {
        var told = new List<string>();

        PortraitFolder.Write(_folder["set"], Two, told.Add);

        Assert.Equal(["00005", "00006"], told);
        foreach (var kind in PortraitFolder.Folders)
            Assert.Equal(
                ["00005.png", "00006.png"], Directory.GetFiles(_folder[$"set/{kind}"]).Select(Path.GetFileName).Order());
        var one = PortraitSynthesizer.Draw(new PortraitOptions { Seed = 6, Size = 128 });
        Assert.Equal(
            one.WrinkleMask.Samples.ToArray(),
            ImageEncoding.LoadMask(_folder["set/masks/00006.png"]).Samples.ToArray());
    }

    [Fact]
    public void Portraits_that_are_there_are_replaced_only_when_told()
    {
        Directory.CreateDirectory(_folder["set/masks"]);
        File.WriteAllText(_folder["set/masks/00006.png"], "another run's");

        var error = Assert.Throws<ImageException>(() => PortraitFolder.Write(_folder["set"], Two));

        Assert.StartsWith($"{_folder["set/masks/00006.png"]} is there already;", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["set/images"]));
        PortraitFolder.Write(_folder["set"], Two with { Overwrite = true });
        Assert.Equal(128, ImageEncoding.LoadMask(_folder["set/masks/00006.png"]).Width);
        Assert.Null(PortraitFolder.Refusal(_folder["other"], Two));
    }
}
