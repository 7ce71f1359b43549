using System.Drawing;
using System.Globalization;
using System.Numerics;
using Rhytid.Imaging;
using Rhytid.Torch;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Inspection;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Augmentation.Previews;

/// <summary>
/// One picture of what a pipeline does to a sample: each operation alone, with a lattice that shows how pixels move,
/// then whole draws as training would see them. Wrinkles are green; what does not count is dim.
/// </summary>
public static class AugmentationSheet
{
    private const float LatticeOpacity = 0.45f;
    private const int CaptionBand = 44;
    private const float DetailsHeight = 7;

    /// <summary>Draws a sheet.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="mask">Its wrinkles, of the same size, or null.</param>
    /// <param name="scored">Where pixels count, of the same size; null for everywhere.</param>
    /// <param name="id">The sample's id: with it and the seed, training draws the same.</param>
    /// <param name="pipeline">What is done.</param>
    /// <param name="options">How it looks.</param>
    public static Imaging.Image Draw(
        Imaging.Image photo, Mask? mask, Mask? scored, string id, AugmentationPipeline pipeline,
        AugmentationSheetOptions options)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(options);
        using var scope = TensorScope.Begin();
        var batch = PreviewBatch.Create(photo, mask, scored, id, options.Size);
        List<AugmentationPanel> alone = [.. Alone(batch, pipeline, options)],
            draws = [.. Draws(batch, id, pipeline, options)];
        var (width, height) = ((int)batch.Photo.Size(3), (int)batch.Photo.Size(2));
        var (cellWidth, cellHeight) = (width + PreviewStyle.Margin, height + CaptionBand);
        var drawsRow = RowsOf(alone.Count, options);
        var sheet = new Imaging.Image(
            (Math.Min(alone.Count + draws.Count, options.Columns) * cellWidth) + PreviewStyle.Margin,
            PreviewStyle.TitleBand + ((drawsRow + RowsOf(draws.Count, options)) * cellHeight) + PreviewStyle.Margin);
        sheet.Fill(new Rectangle(0, 0, sheet.Width, sheet.Height), PreviewStyle.Paper);
        var title = string.Create(
            CultureInfo.InvariantCulture,
            $"{id}: augmentation '{pipeline.Name}', seed {options.Seed}; each operation alone, then the first {options.Draws} epochs; wrinkles green");
        sheet.DrawText(title, new Vector2(PreviewStyle.Margin, 26), PreviewStyle.Ink, PreviewStyle.TitleHeight);
        Place(alone, firstRow: 0);
        Place(draws, drawsRow);
        return sheet;

        void Place(List<AugmentationPanel> panels, int firstRow)
        {
            for (var i = 0; i < panels.Count; i++)
            {
                var left = PreviewStyle.Margin + (i % options.Columns * cellWidth);
                var top = PreviewStyle.TitleBand + ((firstRow + (i / options.Columns)) * cellHeight);
                sheet.Paste(panels[i].Picture, left, top);
                sheet.DrawText(
                    panels[i].Name, new Vector2(left, top + height + 15), PreviewStyle.Ink, PreviewStyle.CaptionHeight);
                sheet.DrawText(
                    panels[i].Details, new Vector2(left, top + height + 31), PreviewStyle.FaintInk,
                    HeightToFit(panels[i].Details, width));
            }
        }
    }

    private static float HeightToFit(string text, int width) =>
        DetailsHeight * Math.Min(1, width / (float)Math.Max(1, TextDrawing.MeasureText(text, DetailsHeight)));

    private static int RowsOf(int panels, AugmentationSheetOptions options) =>
        (panels + options.Columns - 1) / options.Columns;

    private static IEnumerable<AugmentationPanel> Alone(
        TrainingBatch batch, AugmentationPipeline pipeline, AugmentationSheetOptions options)
    {
        var none = pipeline with { Geometry = [], Occlusion = null, Pixels = [], DilateMask = false };
        yield return new AugmentationPanel(Picture(batch), "as it is", "");
        foreach (var operation in pipeline.Geometry)
        {
            yield return Moved(
                none with { Geometry = [operation with { Probability = 1 }] }, operation.Name, Details(operation));
            if (operation is ElasticDistortion)
                yield return Moved(
                    none with { Geometry = [ElasticDistortion.Visible] }, operation.Name,
                    $"{ElasticDistortion.Visible.Magnitudes}; to compare");
        }
        if (pipeline.Occlusion is { } occlusion)
            yield return new AugmentationPanel(
                Picture(Augmented(none with { Occlusion = occlusion with { Probability = 1 } })), occlusion.Name,
                Details(occlusion));
        foreach (var operation in pipeline.Pixels)
            yield return new AugmentationPanel(
                BesideItself(batch, Augmented(none with { Pixels = [operation with { Probability = 1 }] })),
                operation.Name, $"{Details(operation)}; right half, enlarged");
        if (pipeline.DilateMask)
            yield return new AugmentationPanel(
                Picture(Augmented(none with { DilateMask = true })), "mask dilation", "3x3, always");

        TrainingBatch Augmented(AugmentationPipeline one) => new Augmenter(one, options.Seed).Apply(batch, epoch: 0);

        AugmentationPanel Moved(AugmentationPipeline one, string name, string details) =>
            new(Picture(Augmented(one), lattice: true), name, details);
    }

    private static IEnumerable<AugmentationPanel> Draws(
        TrainingBatch batch, string id, AugmentationPipeline pipeline, AugmentationSheetOptions options)
    {
        var augmenter = new Augmenter(pipeline, options.Seed);
        for (var epoch = 0; epoch < options.Draws; epoch++)
        {
            var happening = augmenter.AppliedOperations(id, epoch);
            yield return new AugmentationPanel(
                Picture(augmenter.Apply(batch, epoch)), string.Create(CultureInfo.InvariantCulture, $"epoch {epoch}"),
                happening.Count == 0 ? "nothing" : string.Join(", ", happening));
        }
    }

    private static string Details(AugmentationOperation operation) =>
        string.Create(CultureInfo.InvariantCulture, $"{operation.Magnitudes}; p {operation.Probability:0.##}");

    // Blur and noise are small: twice as large, the left half as it was.
    private static Imaging.Image BesideItself(TrainingBatch before, TrainingBatch after)
    {
        var (old, changed) = (PreviewBatch.ToImage(before.Photo), PreviewBatch.ToImage(after.Photo));
        changed.Paste(old.Crop(new Rectangle(0, 0, old.Width / 2, old.Height)), 0, 0);
        var middle =
            changed.Crop(
                new Rectangle(old.Width / 4, old.Height / 4, Math.Max(1, old.Width / 2), Math.Max(1, old.Height / 2)));
        return middle.Resize(old.Width, old.Height, Interpolation.Nearest);
    }

    private static Imaging.Image Picture(TrainingBatch sample, bool lattice = false)
    {
        var picture = PreviewBatch.ToImage(sample.Photo);
        if (lattice)
            picture.Blend(PreviewBatch.ToPlane(sample[Channel.Texture]!, 1), PreviewStyle.Ink, LatticeOpacity);
        if (sample[Channel.Wrinkles] is { } mask)
            picture.Blend(PreviewBatch.ToPlane(mask, 255), PreviewStyle.Truth, opacity: 1);
        // What lies outside the picture is black already; inside, lines that do not count are dimmed too.
        if (sample[Channel.ScoredRegion] is { } scored)
            picture.Blend(PreviewBatch.ToPlane(1 - scored, 255), new Rgb(0, 0, 0), 1 - PreviewStyle.Dimmed);
        return picture;
    }

    private sealed record AugmentationPanel(Imaging.Image Picture, string Name, string Details);
}

/// <summary>How a sheet of augmentations looks.</summary>
public sealed record AugmentationSheetOptions
{
    /// <summary>
    /// Longer side of each picture in pixels; the photo is resized to it before it is augmented, as it is in training.
    /// </summary>
    public int Size { get; init; } = 320;

    /// <summary>Pictures side by side.</summary>
    public int Columns { get; init; } = 5;

    /// <summary>How many draws of the whole pipeline are shown: epochs 0, 1, ...</summary>
    public int Draws { get; init; } = 10;

    /// <summary>The run's seed.</summary>
    public int Seed { get; init; }
}
