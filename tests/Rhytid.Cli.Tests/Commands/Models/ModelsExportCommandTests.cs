using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests.Commands.Models;

public sealed class ModelsExportCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_network_that_ships_is_exported_and_not_overwritten_unasked()
    {
        string[] arguments = ["models", "export", "wrinkle", _folder["wrinkle.onnx"], "--with-preprocessing"];
        var run = RhytidProcess.Run(arguments);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("(resnet18-fine, 14", run.Output, StringComparison.Ordinal);
        Assert.Contains("image -> probabilities, any size", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.ErrorLines);
        Assert.Contains(
            "rhytid.license", System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(_folder["wrinkle.onnx"])),
            StringComparison.Ordinal);

        var again = RhytidProcess.Run(arguments);
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("--overwrite replaces it", Assert.Single(again.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(0, RhytidProcess.Run([.. arguments, "--overwrite"]).ExitCode);
    }

    [Fact]
    public void A_network_of_one_size_says_so()
    {
        var model = _folder["swin.safetensors"];
        RhytidProcess.Run("models", "create", "swin-unetr", model, "--width", "6", "--window", "4");
        var run = RhytidProcess.Run("models", "export", model, _folder["swin.onnx"], "--size", "64");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("image -> probabilities, 64 x 64", run.Output, StringComparison.Ordinal);
        Assert.Contains("untrained", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void The_face_mesh_is_exported_by_its_name()
    {
        var run = RhytidProcess.Run("models", "export", "mediapipe_face_landmark_468", _folder["mesh.onnx"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("image -> points, score, 192 x 192", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no model 'vnet': name a weight file, one that ships (", "vnet", "OUT")]
    [InlineData("there is no such file", "nothing.safetensors", "OUT")]
    [InlineData("an ONNX file is written; name the file .onnx", "wrinkle", "x.safetensors")]
    [InlineData("multiples of 16, not 100", "wrinkle", "OUT", "--size", "100")]
    [InlineData("does not exist", "wrinkle", "nowhere/x.onnx")]
    public void Mistakes_get_one_line(string expected, params string[] arguments)
    {
        var run = RhytidProcess.Run(
            ["models", "export", .. arguments.Select(word => word == "OUT" ? _folder["out.onnx"] : word)]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }
}
