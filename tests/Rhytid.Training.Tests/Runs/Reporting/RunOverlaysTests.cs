using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Training.Runs;
using Rhytid.Training.Runs.Reporting;
using static Rhytid.Training.Tests.Runs.Reporting.RunExampleCases;

namespace Rhytid.Training.Tests.Runs.Reporting;

public sealed class RunOverlaysTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Overlays_show_truth_green_prediction_red_and_both_yellow()
    {
        var example = Example("a", 0.3) with
        {
            Truth = [1, 1, 0, 1],
            Probability = [255, 0, 128, 127],
            Scored = [1, 1, 1, 0]
        };
        var folder = _folder["overlays"];

        Assert.Null(RunOverlays.Write(folder, [Example("old", 0)]));
        Assert.Null(RunOverlays.Write(folder, [example]));

        Assert.Equal([Path.Combine(folder, "a.overlay.png")], Directory.GetFiles(folder));
        var picture = Image.Load(Path.Combine(folder, "a.overlay.png"));
        var (found, missed, wrong, outside) = (Pixel(0), Pixel(1), Pixel(2), Pixel(3));
        Assert.True(found is { R: > 180, G: > 150, B: < 60 }, $"{found}");
        Assert.True(missed is { R: < 60, G: > 150 }, $"{missed}");
        Assert.True(wrong is { R: > 180, G: < 60 }, $"{wrong}");
        Assert.Equal((4, 8, 12), outside);

        (int R, int G, int B) Pixel(int i) =>
            (picture.Samples[3 * i], picture.Samples[(3 * i) + 1], picture.Samples[(3 * i) + 2]);
    }
}
