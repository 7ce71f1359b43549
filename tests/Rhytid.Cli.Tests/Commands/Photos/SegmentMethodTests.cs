using Rhytid.Imaging;
using Rhytid.Tests.Shared;

namespace Rhytid.Cli.Tests.Commands.Photos;

public sealed class SegmentMethodTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Methods_that_tell_fine_from_coarse_write_levels_and_trackers_write_tracks()
    {
        var portrait = Path.Combine(Repository.Root, "samples", "portrait.png");

        RhytidProcess.Run("segment", portrait, "-o", _folder["annotator"], "--method", "annotator");
        RhytidProcess.Run("segment", portrait, "-o", _folder["hlt"], "--method", "hlt");

        Assert.False(
            ImageEncoding.LoadGray(_folder["annotator/portrait.levels.png"]).Samples.ContainsAnyExcept(
                (byte)0, (byte)1, (byte)2));
        Assert.False(File.Exists(_folder["hlt/portrait.levels.png"]));
        using var json = System.Text.Json.JsonDocument.Parse(File.ReadAllText(_folder["hlt/portrait.json"]));
        Assert.True(json.RootElement.GetProperty("face").GetProperty("tracks").GetArrayLength() > 3);
    }
}
