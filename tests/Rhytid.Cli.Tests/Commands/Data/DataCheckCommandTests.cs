using System.Text.Json;
using Rhytid.Imaging;
using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests.Commands.Data;

public sealed class DataCheckCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Check_lists_everything_and_says_so_by_its_exit_code()
    {
        var set = DataTestSet.Write(_folder["set"], 4, side: 64);
        Assert.Equal(0, RhytidProcess.Run("data", "check", set).ExitCode);
        File.Delete(Path.Combine(set, "masks", "00001.png"));
        File.WriteAllText(Path.Combine(set, "images", "00002.png"), "no picture");

        var run = RhytidProcess.Run("data", "check", set);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("00001: there is no manual mask", run.Output, StringComparison.Ordinal);
        Assert.Contains("00002.png: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 missing, 1 unreadable", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_finds_a_copy_in_another_set()
    {
        var portraits = RhytidProcess.Run("synthesize", "portraits", "-n", "2", "--size", "256", "-o", _folder["a"]);
        Assert.Equal(0, portraits.ExitCode);
        Directory.CreateDirectory(_folder["b"]);
        Image.Load(_folder["a/images/00001.png"]).Resize(200, 200).Save(_folder["b/holiday.jpg"]);

        var run = RhytidProcess.Run("data", "check", _folder["a"], _folder["b"], "--json");

        using var json = JsonDocument.Parse(run.Output);
        var copies = Assert.Single(json.RootElement.GetProperty("samePhotos").EnumerateArray());
        Assert.Equal(
            [_folder["a/images/00001.png"], _folder["b/holiday.jpg"]],
            copies.EnumerateArray().Select(path => path.GetString()));
    }
}
