using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Cli.Tests.Commands.Training;

public sealed class TrainOptionsTests
{
    [Theory]
    [InlineData("--budget '0s' is no time", "--budget", "0s")]
    [InlineData("--budget 'soon' is no time", "--budget", "soon")]
    [InlineData("--budget '5' is no time", "--budget", "5")]
    [InlineData("--budget '3m2h' is no time", "--budget", "3m2h")]
    [InlineData("--budget '-3m' is no time", "--budget=-3m")]
    [InlineData("--seeds '1,x' is no list", "--seeds", "1,x")]
    [InlineData("--seeds '' is no list", "--seeds", "")]
    [InlineData("--seeds '99999999999' is no list", "--seeds", "99999999999")]
    public void Wrong_values_are_one_line(string message, params string[] arguments)
    {
        var run = RhytidProcess.Run(["train", "moon-unet-rgb", "--data", "pack", "-o", "run", .. arguments]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            message, Assert.Single(run.ErrorLines, line => line.StartsWith("error:", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public void Data_and_output_are_one_line_each()
    {
        var run = RhytidProcess.Run("train", "moon-unet-rgb");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            ["error: --data is missing", "error: --output is missing", "try: rhytid train --help"],
            run.ErrorLines.Select(line => line.Split(':', 3) is [var kind, var text, ..] ? $"{kind}:{text}" : line));
        Assert.Equal(2, RhytidProcess.Run("train", "moon-unet-rgb", "--data", "pack").ExitCode);
        Assert.Equal(2, RhytidProcess.Run("train", "moon-unet-rgb", "-o", "run").ExitCode);
    }

    [Theory]
    [InlineData("RECIPE is missing", "--data", "pack", "-o", "run")]
    [InlineData("RECIPE is missing", "--resume", "--folds", "3", "--data", "pack", "-o", ".")]
    [InlineData("--data is missing", "moon-unet-rgb", "--resume", "--seeds", "1,2", "-o", "run")]
    [InlineData("--output is missing", "moon-unet-rgb", "--data", "pack", "--resume")]
    [InlineData("--resume . and --output run are two folders", "moon-unet-rgb", "--resume", ".", "-o", "run")]
    [InlineData("it does not go with --resume", "moon-unet-rgb", "--smoke", "--resume", "run")]
    public void What_is_missing_to_resume_is_one_line(string message, params string[] arguments)
    {
        var run = RhytidProcess.Run(["train", .. arguments]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.ErrorLines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_for_a_recipe_that_starts_from_none_are_refused()
    {
        var run = RhytidProcess.Run(
            "train", "moon-unet-rgb", "--data", "pack", "-o", "run", "--from", "best.safetensors");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("starts from random weights", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_weights_are_told_before_data_is_packed()
    {
        var run = RhytidProcess.Run(
            "train", "moon-unet-texture-rgbt", "--data", AppContext.BaseDirectory, "-o", "run", "--from", "none.pth");

        Assert.Equal("error: none.pth: there is no such file", Assert.Single(run.ErrorLines));
    }
}
