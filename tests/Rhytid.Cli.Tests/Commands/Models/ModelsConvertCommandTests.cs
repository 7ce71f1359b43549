using System.Text.Json;
using Rhytid.Tests.Shared;
using static Rhytid.Cli.Tests.ModelFiles;

namespace Rhytid.Cli.Tests.Commands.Models;

public sealed class ModelsConvertCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Convert_names_what_it_recognised_and_stage_2_reports_what_changed()
    {
        RhytidProcess.Run("models", "create", "unet", _folder["stage1.safetensors"], "--width", "8");
        var run = RhytidProcess.Run(
            "models", "convert", _folder["stage1.safetensors"], _folder["stage2.safetensors"], "--model", "unet",
            "--width", "8", "--in", "4", "--out-channels", "2", "--stage2");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("107 copied, 1 adapted, 2 re-initialised", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            "inc.double_conv.0.weight: 3 to 4 input channels, new ones the mean of the others", run.Output,
            StringComparison.Ordinal);
        var inspected = RhytidProcess.Run("models", "inspect", _folder["stage2.safetensors"]);
        Assert.Contains("fits: unet, 4 -> 2 channels, width 8", inspected.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_untrained_stays_marked_and_the_json_says_so()
    {
        RhytidProcess.Run("models", "create", "unet", _folder["a.safetensors"], "--width", "4");
        Assert.Equal(
            0, RhytidProcess.Run("models", "convert", _folder["a.safetensors"], _folder["b.safetensors"]).ExitCode);
        var run = RhytidProcess.Run(
            "segment", Portrait, "--model", _folder["b.safetensors"], "-o", _folder["out"], "--whole", "--json");
        using var json = JsonDocument.Parse(run.Output);
        Assert.Contains("untrained", json.RootElement.GetProperty("warnings")[0].GetString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_foreign_checkpoint_is_listed_completely()
    {
        var run = RhytidProcess.Run("models", "inspect", Repository.SharedWeights("face_parsing_unet_simonenkel.pth"));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("26 tensors, 467,123 values", run.Output, StringComparison.Ordinal);
        var convert = RhytidProcess.Run(
            "models", "convert", Repository.SharedWeights("face_parsing_unet_simonenkel.pth"),
            _folder["out.safetensors"]);
        Assert.Equal(1, convert.ExitCode);
        Assert.Single(convert.ErrorLines);
        Assert.False(File.Exists(_folder["out.safetensors"]));
    }

    [Theory]
    [InlineData(2, "there is no such file", "models", "inspect", "nothing.pth")]
    [InlineData(2, "there is no model 'vnet'", "models", "create", "vnet", "OUT")]
    [InlineData(2, "has no choice of", "models", "create", "unet", "OUT", "--window", "8")]
    [InlineData(2, "safetensors are written", "models", "create", "unet", "x.pth")]
    [InlineData(2, "is not a place for files", "models", "create", "unet", "/dev/null", "--overwrite")]
    [InlineData(2, "--in must be 3", "models", "create", "unet", "OUT", "--in", "5")]
    [InlineData(2, "are for networks", "segment", "PORTRAIT", "-m", "cula", "--precision", "bf16")]
    [InlineData(2, "is a folder", "models", "inspect", "FOLDER")]
    [InlineData(2, "multiple of 3", "models", "create", "swin-unetr", "OUT", "--width", "10")]
    [InlineData(1, "notes.txt", "segment", "PORTRAIT", "--model", "NOTES")]
    [InlineData(2, "there is no such file", "segment", "PORTRAIT", "--model", "nothing.safetensors")]
    [InlineData(2, "exclude each other", "segment", "PORTRAIT", "--model", "NOTES", "--method", "gabor")]
    [InlineData(2, "--device 'gpu' is no device", "segment", "PORTRAIT", "--model", "NOTES", "--device", "gpu")]
    [InlineData(3, "--device cuda:99: libtorch ", "segment", "PORTRAIT", "--model", "NOTES", "--device", "cuda:99")]
    [InlineData(2, "--precision 'f16' is unknown", "segment", "PORTRAIT", "--model", "NOTES", "--precision", "f16")]
    public void Mistakes_get_one_line(int exitCode, string expected, params string[] arguments)
    {
        File.WriteAllText(_folder["notes.txt"], "these are no weights");
        var given = arguments.Select(argument => argument switch
        {
            "OUT" => _folder["out.safetensors"],
            "FOLDER" => _folder.Path,
            "PORTRAIT" => Portrait,
            "NOTES" => _folder["notes.txt"],
            _ => argument,
        }).ToArray();
        var run = RhytidProcess.Run(given);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(expected, run.ErrorLines[0], StringComparison.Ordinal);
        Assert.InRange(run.ErrorLines.Count, 1, 2);
        Assert.False(File.Exists(_folder["out.safetensors"]));
    }
}
