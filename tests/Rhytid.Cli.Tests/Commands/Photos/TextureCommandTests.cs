using Rhytid.Imaging;
using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests.Commands.Photos;

public sealed class TextureCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Texture_writes_the_map_of_a_picture_masked_or_not()
    {
        TestPictures.Landscape(120, 90).Save(_folder["view.png"]);
        var skin = new Mask(120, 90);
        skin.FillEllipse(new(60, 45), new(30, 30));
        skin.Save(_folder["skin.png"]);

        Assert.Equal(0, RhytidProcess.Run("texture", _folder["view.png"], "-o", _folder["plain"]).ExitCode);
        Assert.Equal(
            0,
            RhytidProcess.Run(
                "texture", _folder["view.png"], "-o", _folder["masked"], "--skin-mask", _folder["skin.png"]).ExitCode);

        var plain = ImageEncoding.LoadGray(_folder["plain/view.texture.png"]);
        var masked = ImageEncoding.LoadGray(_folder["masked/view.texture.png"]);
        Assert.Equal(plain[60, 45], masked[60, 45]);
        Assert.Equal(0, masked[0, 0]);
    }

    [Fact]
    public void Texture_of_a_folder_takes_a_folder_of_masks_and_names_a_missing_one()
    {
        Directory.CreateDirectory(_folder["in"]);
        Directory.CreateDirectory(_folder["skin"]);
        foreach (var name in new[] { "a", "b" })
            TestPictures.Landscape(60, 50).Save(_folder[$"in/{name}.png"]);
        new Mask(60, 50).Save(_folder["skin/a.png"]);

        var run = RhytidProcess.Run("texture", _folder["in"], "-o", _folder["out"], "--skin-mask", _folder["skin"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            run.ErrorLines,
            line => line.Contains("b.png", StringComparison.Ordinal)
                && line.Contains("no such file", StringComparison.Ordinal));
        Assert.False(ImageEncoding.LoadGray(_folder["out/a.texture.png"]).Samples.ContainsAnyExcept((byte)0));
        Assert.False(File.Exists(_folder["out/b.texture.png"]));
    }
}
