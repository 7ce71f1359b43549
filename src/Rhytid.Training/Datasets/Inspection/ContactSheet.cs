using System.Drawing;
using System.Numerics;
using Rhytid.Imaging;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Datasets.Inspection;

/// <summary>Many samples on one picture: photo, texture map, and the photo with its wrinkles, side by side.</summary>
public static class ContactSheet
{
    private const int PanelsOfASample = 3;

    /// <summary>How large a sheet is going to be.</summary>
    public static (int Width, int Height) SizeOf(int samples, PreviewOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var columns = Math.Min(samples, options.Columns);
        var rows = (samples + columns - 1) / columns;
        return checked(((columns * (CellWidth(options) + PreviewStyle.Margin)) + PreviewStyle.Margin,
            PreviewStyle.TitleBand + (rows * CellHeight(options)) + PreviewStyle.Margin));
    }

    /// <summary>Draws a sheet. A sample that cannot be read leaves its place empty.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="samples">Its samples, at least one, from left to right and top to bottom.</param>
    /// <param name="title">What stands above them.</param>
    /// <param name="options">How it looks.</param>
    /// <param name="threads">How many samples are drawn at a time.</param>
    /// <param name="progress">Told each id when its sample has been drawn, from any thread.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The sheet; id and reason of those that could not be read.</returns>
    public static (Imaging.Image Sheet, IReadOnlyList<(string Id, string Reason)> Failed) Draw(
        WrinkleDataset dataset, IReadOnlyList<WrinkleSample> samples, string title, PreviewOptions options,
        int threads = 1, Action<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(options);
        var (width, height) = SizeOf(samples.Count, options);
        var sheet = new Imaging.Image(width, height);
        sheet.Fill(new Rectangle(0, 0, width, height), PreviewStyle.Paper);
        sheet.DrawText(title, new Vector2(PreviewStyle.Margin, 26), PreviewStyle.Ink, PreviewStyle.TitleHeight);
        var columns = Math.Min(samples.Count, options.Columns);
        var failed = new System.Collections.Concurrent.ConcurrentBag<(string Id, string Reason)>();
        // Every sample has its own part of the sheet, so threads never write to the same pixels.
        Parallel.For(
            0, samples.Count,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, i =>
            {
                var left = PreviewStyle.Margin + (i % columns * (CellWidth(options) + PreviewStyle.Margin));
                var top = PreviewStyle.TitleBand + (i / columns * CellHeight(options));
                DrawSample(
                    sheet, PanelsOf(dataset, samples[i], options, failed, cancellationToken), left, top, options);
                progress?.Invoke(samples[i].Id);
            });
        return (sheet, [.. failed.Order()]);
    }

    private static int CellWidth(PreviewOptions options) =>
        (PanelsOfASample * options.Size) + ((PanelsOfASample - 1) * PreviewStyle.Gap);

    private static int CellHeight(PreviewOptions options) => options.Size + PreviewStyle.CaptionBand;

    private static PreviewPanels PanelsOf(
        WrinkleDataset dataset, WrinkleSample sample, PreviewOptions options,
        System.Collections.Concurrent.ConcurrentBag<(string Id, string Reason)> failed,
        CancellationToken cancellationToken)
    {
        try
        {
            return PreviewPanels.Create(dataset, sample, options, cancellationToken);
        }
        catch (Exception error) when (error is RhytidException or ArgumentException)
        {
            failed.Add((sample.Id, error.Message.ReplaceLineEndings(" ")));
            return new PreviewPanels(null, null, null, $"{sample.Id}  cannot be read");
        }
    }

    private static void DrawSample(Imaging.Image sheet, PreviewPanels panels, int left, int top, PreviewOptions options)
    {
        (Imaging.Image? Picture, string Otherwise)[] places =
        [
            (panels.Photo, "no photo"), (panels.Texture, "no texture"), (panels.Overlay, "no mask")
        ];
        for (var i = 0; i < places.Length; i++)
        {
            var (x, size) = (left + (i * (options.Size + PreviewStyle.Gap)), options.Size);
            sheet.Fill(new Rectangle(x, top, size, size), PreviewStyle.Empty);
            if (places[i].Picture is { } picture)
                sheet.Paste(picture, x + ((size - picture.Width) / 2), top + ((size - picture.Height) / 2));
            else
                sheet.DrawText(
                    places[i].Otherwise,
                    new Vector2(
                        x + ((size - TextDrawing.MeasureText(places[i].Otherwise, PreviewStyle.CaptionHeight)) / 2f),
                        top + (size / 2f)),
                    PreviewStyle.FaintInk, PreviewStyle.CaptionHeight);
        }
        sheet.DrawText(
            Shortened(panels.Caption, CellWidth(options)), new Vector2(left, top + options.Size + 15),
            PreviewStyle.FaintInk, PreviewStyle.CaptionHeight);
    }

    // A long id must not run into its neighbour's.
    private static string Shortened(string caption, int width)
    {
        while (caption.Length > 4 && TextDrawing.MeasureText(caption, PreviewStyle.CaptionHeight) > width)
            caption = $"{caption[..(caption.Length / 2 - 2)]}..{caption[(caption.Length / 2 + 2)..]}";
        return caption;
    }
}

/// <summary>How a contact sheet looks.</summary>
public sealed record PreviewOptions
{
    /// <summary>Side in pixels of the square into which each picture is fitted.</summary>
    public int Size { get; init; } = 256;

    /// <summary>How many samples stand side by side, three pictures each.</summary>
    public int Columns { get; init; } = 2;

    /// <summary>
    /// Where the skin is known from: texture maps that are computed are kept there, and unlabelled photos show it. Null
    /// for nowhere.
    /// </summary>
    public ISkinSource? Skin { get; init; }
}
