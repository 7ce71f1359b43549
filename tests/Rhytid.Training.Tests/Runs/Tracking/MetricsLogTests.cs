using Rhytid.Tests.Shared;
using Rhytid.Training.Runs.Tracking;

namespace Rhytid.Training.Tests.Runs.Tracking;

public sealed class MetricsLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_resumed_log_has_every_step_once()
    {
        using (var log = new MetricsLog(_folder.Path))
            for (var step = 1; step <= 5; step++)
                log.Write(step, new Dictionary<string, double> { ["train/loss"] = step });
        File.AppendAllText(_folder[MetricsLog.FileName], "{\"train/step\":6,\"train/lo");

        using (var log = new MetricsLog(_folder.Path, lastStep: 3))
            for (var step = 4; step <= 6; step++)
                log.Write(step, new Dictionary<string, double> { ["train/loss"] = double.PositiveInfinity });

        var lines = File.ReadAllLines(_folder[MetricsLog.FileName]);
        Assert.Equal(6, lines.Length);
        Assert.Equal("{\"train/step\":3,\"train/loss\":3}", lines[2]);
        Assert.Equal("{\"train/step\":6,\"train/loss\":\"Infinity\"}", lines[5]);
    }
}
