using System.Globalization;
using System.Text;
using Rhytid.Imaging;
using Rhytid.Training.Objectives;

namespace Rhytid.Training.Runs.Reporting;

/// <summary>
/// What a run keeps of its best epoch's validation: the scores of each image, and the images with the lowest and
/// highest.
/// </summary>
public static class RunImages
{
    /// <summary>The scores' file in a run's folder.</summary>
    public const string ScoresFile = "images.csv";

    /// <summary>Writes both files, and the overlays where pictures can be written.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="epoch">Counted from 1.</param>
    /// <param name="metric">The validation's metric; one that keeps no images writes nothing.</param>
    /// <returns>The overlays as PNG with their sides in pixels: worst-1, worst-2 ... best-1; none where no picture can
    /// be drawn.</returns>
    public static IReadOnlyList<(string Name, byte[] Png, int Side)> Save(string folder, int epoch, IMetric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        if (metric.Images.Count == 0)
            return [];
        var text = new StringBuilder("id,jsi,f1,precision,recall\n");
        foreach (var (id, counts) in metric.Images)
            text.Append(
                CultureInfo.InvariantCulture,
                $"{id},{counts.Jsi:0.000000},{counts.F1:0.000000},{counts.Precision:0.000000},{counts.Recall:0.000000}\n");
        AtomicFile.WriteText(Path.Combine(folder, ScoresFile), text.ToString());
        var examples = metric.Examples;
        // Where no picture can be drawn, "rhytid report" draws them later, elsewhere.
        RunExamples.Save(Path.Combine(folder, RunExamples.FileName), epoch, examples);
        if (RunOverlays.Write(Path.Combine(folder, RunOverlays.FolderName), examples) is not null)
            return [];
        var sorted = new RunExamples(epoch, examples);
        return [.. Named("worst", sorted.Worst), .. Named("best", sorted.Best)];
    }

    private static IEnumerable<(string Name, byte[] Png, int Side)> Named(
        string kind, IEnumerable<RunExample> examples) =>
        examples.Select(
            (example, i) => ($"{kind}-{i + 1}", RunOverlays.Draw(example).Encode(ImageFormat.Png), example.Size));
}
