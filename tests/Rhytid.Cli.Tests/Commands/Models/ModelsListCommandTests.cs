using System.Text.Json;

namespace Rhytid.Cli.Tests.Commands.Models;

public sealed class ModelsListCommandTests
{
    [Fact]
    public void List_counts_every_network_and_shows_the_published_figure()
    {
        var run = RhytidProcess.Run("models", "list", "--json");
        Assert.Equal(0, run.ExitCode);
        using var json = JsonDocument.Parse(run.Output);
        var rows = json.RootElement.EnumerateArray().ToList();
        Assert.Contains(
            rows,
            row => row.GetProperty("model").GetString() == "unet" && row.GetProperty("all").GetInt64() == 17_262_977);
        Assert.Contains(
            rows,
            row => row.GetProperty("model").GetString() == "swin-unetr"
                && row.GetProperty("leaf").GetInt64() == 25_153_490);
        Assert.Contains("17,263,618", RhytidProcess.Run("models", "list").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void List_shows_the_weight_files_that_ship()
    {
        Assert.Contains(
            "face_detection_yunet_2026may.onnx", RhytidProcess.Run("models", "list").Output, StringComparison.Ordinal);
        var run = RhytidProcess.Run("models", "list", "--shipped", "--json");
        Assert.Equal(0, run.ExitCode);
        using var json = JsonDocument.Parse(run.Output);
        Assert.All(
            json.RootElement.EnumerateArray(),
            model => Assert.Equal(64, model.GetProperty("sha256").GetString()!.Length));
    }
}
