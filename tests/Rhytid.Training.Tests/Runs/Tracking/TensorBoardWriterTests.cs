using Rhytid.Tests.Shared;
using Rhytid.Training.Runs.Tracking;

namespace Rhytid.Training.Tests.Runs.Tracking;

public sealed class TensorBoardWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_independent_reader_decodes_the_events()
    {
        string path;
        byte[] png = [1, 2, 3, 250];
        using (var writer = new TensorBoardWriter(_folder.Path))
        {
            path = writer.Path;
            writer.Write(1, new Dictionary<string, double> { ["train/loss"] = 0.25, ["learning_rate"] = 1e-4 });
            writer.Write(70_000_000_000, new Dictionary<string, double> { ["val/iou"] = double.NaN });
            writer.Picture(3, "val/overlay/00012", png, width: 512, height: 256);
        }

        var events = EventReader.Read(path);

        Assert.Contains("tfevents", Path.GetFileName(path), StringComparison.Ordinal);
        Assert.Equal("brain.Event:2", events[0].Version);
        Assert.Equal([("train/loss", 0.25f, null), ("learning_rate", 1e-4f, null)], events[1].Values);
        Assert.Equal((1, 70_000_000_000, 3), (events[1].Step, events[2].Step, events[3].Step));
        Assert.True(float.IsNaN(events[2].Values[0].Number!.Value));
        Assert.Equal(png, events[3].Values[0].Png);
        Assert.InRange(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - events[1].WallTime, -5, 60);
    }

    [Fact]
    public void Two_writers_of_one_second_have_two_files()
    {
        using var first = new TensorBoardWriter(_folder.Path);
        using var second = new TensorBoardWriter(_folder.Path);

        Assert.NotEqual(first.Path, second.Path);
    }
}
