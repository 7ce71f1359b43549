using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using static Rhytid.Cli.Tests.ModelFiles;

namespace Rhytid.Cli.Tests.Commands.Models;

public sealed class ModelsCreateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    public void A_network_that_was_created_segments_a_photo(int channels, int classes)
    {
        var model = _folder["model.safetensors"];
        var created = RhytidProcess.Run(
            "models", "create", "unet", model, "--width", "8", "--in", $"{channels}", "--out-channels", $"{classes}",
            "--seed", "3");
        Assert.Equal(0, created.ExitCode);

        var run = RhytidProcess.Run("segment", Portrait, "--model", model, "-o", _folder["out"], "--whole");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("untrained", run.Error, StringComparison.Ordinal);
        Assert.Contains("unet", run.Output, StringComparison.Ordinal);
        var photo = Image.Load(Portrait);
        var map = ImageEncoding.LoadGray(_folder["out/portrait.map.png"]);
        Assert.Equal((photo.Width, photo.Height), (map.Width, map.Height));
    }

    [Fact]
    public void The_same_seed_writes_the_same_file()
    {
        foreach (var name in new[] { "a", "b" })
            RhytidProcess.Run("models", "create", "striped-wrinet", _folder[name], "--width", "4", "--seed", "9");
        Assert.Equal(File.ReadAllBytes(_folder["a"]), File.ReadAllBytes(_folder["b"]));
    }
}
