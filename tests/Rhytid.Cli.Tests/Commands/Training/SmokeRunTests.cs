using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests.Commands.Training;

public sealed class SmokeRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("kim-dice-focal")]
    [InlineData("bisenet-parsing")]
    [InlineData("wrinkle")] // starts from wrinkle-open, which starts from weights of elsewhere
    public void Recipes_run_without_data(string recipe)
    {
        var run = RhytidProcess.Run("train", recipe, "--smoke");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"smoke test of {recipe} passed", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("best.safetensors", run.Output, StringComparison.Ordinal);
        Assert.Contains("epoch 2/2: validation", run.Error, StringComparison.Ordinal);
    }

    // A recipe that starts from another runs that first; what it learned there is no network for wrinkles.
    [Fact]
    public void Two_stages_run_and_the_first_finds_no_wrinkles()
    {
        var run = RhytidProcess.Run("train", "moon-unet-texture-rgbt", "--smoke", "-o", _folder["smoke"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("started from best.safetensors", run.Error, StringComparison.Ordinal);
        string[] segment =
        [
            "segment", _folder["smoke/faces/images/00000.png"], "--whole", "-o", _folder["found"], "--model"
        ];
        var refused = RhytidProcess.Run([.. segment, _folder["smoke/run-before/best.safetensors"]]);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(
            "was pre-trained (texture) and does not find wrinkles yet", Assert.Single(refused.ErrorLines),
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["found"]));
        Assert.Equal(0, RhytidProcess.Run([.. segment, _folder["smoke/run/best.safetensors"]]).ExitCode);
    }
}
