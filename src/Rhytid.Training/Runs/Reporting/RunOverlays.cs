using Rhytid.Imaging;
using Rhytid.Training.Evaluation;
using Rhytid.Training.Objectives;

namespace Rhytid.Training.Runs.Reporting;

/// <summary>Draws a run's examples: truth green, prediction red, both together yellow.</summary>
public static class RunOverlays
{
    /// <summary>The folder's name in a run's folder.</summary>
    public const string FolderName = "overlays";

    private const string Ending = ".overlay.png";

    /// <summary>
    /// Writes <c>{id}.overlay.png</c> of each example; those of examples that are no longer among them are removed.
    /// </summary>
    /// <param name="folder">The run's <see cref="FolderName"/>; made when missing.</param>
    /// <param name="examples">What to draw.</param>
    /// <returns>Null, or why nothing was drawn: the imaging library is missing. <c>rhytid report</c> draws them where
    /// it is there.</returns>
    /// <exception cref="OutputException">The place cannot be written.</exception>
    public static string? Write(string folder, IReadOnlyList<RunExample> examples)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(examples);
        if (VisionInfo.Problem() is { } problem)
            return problem;
        AtomicFile.MakeFolder(folder);
        // All are replaced together: pictures of two epochs side by side would mislead.
        AtomicFile.WriteAll(
            [.. examples.Select(
                example => (Path.Combine(folder, FileOf(example.Id)), Draw(example).Encode(ImageFormat.Png)))]);
        var current = examples.Select(example => FileOf(example.Id)).ToHashSet(StringComparer.Ordinal);
        foreach (var stale in
            Directory.EnumerateFiles(folder, $"*{Ending}").Where(path => !current.Contains(Path.GetFileName(path))))
            TryDelete(stale);
        return null;
    }

    /// <summary>Draws one example at its own size.</summary>
    public static Image Draw(RunExample example)
    {
        ArgumentNullException.ThrowIfNull(example);
        example.Check();
        return ErrorOverlay.Draw(
            PlanarPixels.ToImage(example.Photo, example.Size),
            PlanarPixels.ToMask(example.Probability, example.Size, example.Level),
            PlanarPixels.ToMask(example.Truth, example.Size),
                example.Scored is { } scored ? PlanarPixels.ToMask(scored, example.Size) : null,
                ErrorColors.TruthAndPrediction);
    }

    // An id is a file name without extension, but a run's file may come from anywhere.
    private static string FileOf(string id) =>
        string.Concat(id.Select(c => c is '/' or '\\' or '\0' ? '_' : c)) + Ending;

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A picture too many does no harm.
        }
    }
}
