using Rhytid.Imaging;
using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests.Commands.Synthesis;

public sealed class SynthesizePortraitsCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Synthesize_draws_portraits_with_their_masks_and_the_same_seed_draws_the_same()
    {
        foreach (var folder in new[] { "a", "b" })
        {
            var run = RhytidProcess.Run(
                "synthesize", "portraits", "-o", _folder[folder], "--count", "2", "--seed", "5", "--size", "256",
                "--age", "70");
            Assert.Equal(0, run.ExitCode);
        }

        foreach (var kind in new[] { "images", "masks", "skin_masks", "labels" })
        {
            Assert.Equal(
                ["00005.png", "00006.png"], Directory.GetFiles(_folder[$"a/{kind}"]).Select(Path.GetFileName).Order());
            Assert.Equal(
                File.ReadAllBytes(_folder[$"a/{kind}/00005.png"]), File.ReadAllBytes(_folder[$"b/{kind}/00005.png"]));
        }
        Assert.True(ImageEncoding.LoadMask(_folder["a/masks/00005.png"]).Count() > 0);
    }

    [Fact]
    public void Portraits_of_another_run_are_replaced_only_when_told()
    {
        string[] call = ["synthesize", "portraits", "-o", _folder["a"], "--size", "256"];
        Directory.CreateDirectory(_folder["a/masks"]);
        File.WriteAllText(_folder["a/masks/00001.png"], "another run's");

        var refused = RhytidProcess.Run([.. call, "--count", "2"]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Equal(
            $"error: {_folder["a/masks/00001.png"]} is there already; give another folder or --seed, or --overwrite to replace",
            Assert.Single(refused.ErrorLines));
        Assert.False(Directory.Exists(_folder["a/images"]));
        Assert.Equal("another run's", File.ReadAllText(_folder["a/masks/00001.png"]));

        Assert.Equal(0, RhytidProcess.Run([.. call, "--seed", "2"]).ExitCode);
        Assert.Equal(0, RhytidProcess.Run([.. call, "--count", "2", "--overwrite"]).ExitCode);
        Assert.Equal(256, ImageEncoding.LoadMask(_folder["a/masks/00001.png"]).Width);
    }
}
