using Rhytid.Tests.Shared;
using Rhytid.Training.Runs;
using Rhytid.Training.Runs.Tracking;

namespace Rhytid.Training.Tests.Runs.Tracking;

public sealed class MetricsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_the_log_wrote_is_read_while_it_is_open()
    {
        using var log = new MetricsLog(_folder.Path);
        log.Write(1, new Dictionary<string, double> { ["train/loss"] = 0.5, ["epoch"] = 1 });
        log.Write(
            2,
            new Dictionary<string, double>
            {
                ["train/loss"] = double.NaN,
                ["train/grad_norm"] = double.PositiveInfinity
            });
        log.Flush();

        var file = MetricsFile.Load(_folder[MetricsLog.FileName]);

        Assert.Equal([(1, 0.5), (2, double.NaN)], file.Series("train/loss"));
        Assert.Equal([(2, double.PositiveInfinity)], file.Series("train/grad_norm"));
        Assert.Empty(file.Series("val/iou"));
        Assert.Equal(0, file.Damaged);
    }

    [Fact]
    public void Half_a_line_is_counted_and_the_rest_is_read()
    {
        File.WriteAllText(
            _folder["x"], "{\"train/step\":1,\"a\":1,\"note\":\"text\"}\n\n{\"a\":2}\n[1]\n{\"train/step\":3,\"a\":");

        var file = MetricsFile.Load(_folder["x"]);

        Assert.Equal([(1, 1.0)], file.Series("a"));
        Assert.Equal(3, file.Damaged);
        Assert.Throws<TrainingException>(() => MetricsFile.Load(_folder["missing"]));
    }
}
