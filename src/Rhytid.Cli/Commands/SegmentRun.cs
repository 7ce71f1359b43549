using System.Collections.Concurrent;
using System.Globalization;
using Rhytid.Cli.Terminal;
using Rhytid.Imaging;
using Rhytid.Measurement;
using Rhytid.Reports;
using Spectre.Console;

namespace Rhytid.Cli.Commands;

/// <summary>One call of <c>rhytid segment</c>: all photos, side by side, then the summary.</summary>
internal sealed class SegmentRun(WrinkleSegmenter segmenter, SegmentOptions options)
{
    private readonly ConcurrentDictionary<string, SegmentationReport> _reports = new();
    private readonly FailureList _failures = new();

    public required SkinMaskOption SkinMasks { get; init; }
    public required LandmarksOption Landmarks { get; init; }
    public required ImageLoadOptions Load { get; init; }
    public required Rgb OverlayColor { get; init; }
    public required float OverlayOpacity { get; init; }
    public required int Threads { get; init; }
    public required bool Json { get; init; }

    public async Task<int> RunAsync(IReadOnlyList<PhotoPath> photos, CancellationToken token)
    {
        ThreadShare.Set(photos.Count, Threads, usesTorch: false);
        var shares = new Lazy<bool>(() =>
        {
            ThreadShare.Set(photos.Count, Threads, usesTorch: true);
            return true;
        });
        await _failures.GuardEachAsync(
            "finding wrinkles", photos, photo => photo.Name, Threads, photo => Segment(photo, shares, token), token);
        Show(photos);
        return _failures.Report(photos.Count);
    }

    private void Segment(PhotoPath photo, Lazy<bool> shares, CancellationToken token)
    {
        var picture = photo.Load(Load);
        // Loads libtorch, which a picture that is refused does not need.
        _ = shares.Value;
        var skin = SkinMasks.For(photo) ?? Landmarks.For(photo, picture);
        var result = segmenter.Segment(picture, options with { SkinMask = skin }, progress: null, token);
        var report = SegmentationReport.Of(result, Path.GetFileName(photo.Path ?? "-"));
        var mask = result.WrinkleMask;
        var stem = photo.OutputStem;
        List<(string, byte[])> files =
        [
            (stem + ".mask.png", mask.Encode(ImageFormat.Png)),
            (stem + ".map.png", result.WrinkleMap.ToBytes(255).Encode(ImageFormat.Png)),
            (stem + ".overlay.jpg",
                Overlay.Draw(result.Photo, mask, result.SkinMask, OverlayColor, OverlayOpacity)
                    .Encode(ImageFormat.Jpeg)),
            (stem + ".json", System.Text.Encoding.UTF8.GetBytes(report.ToJson() + "\n")),
        ];
        if (result.WrinkleLevels is { } levels)
            files.Add((stem + ".levels.png", levels.Encode(ImageFormat.Png)));
        token.ThrowIfCancellationRequested();
        OutputFolder.Make(stem);
        AtomicFile.WriteAll(files);
        _reports[photo.Name] = report;
    }

    private void Show(IReadOnlyList<PhotoPath> photos)
    {
        var done = photos.Where(photo => _reports.ContainsKey(photo.Name)).ToList();
        if (done.Count == 0)
            return;
        if (Json)
        {
            foreach (var photo in done)
                Console.WriteLine(_reports[photo.Name].ToJson(indented: false));
        }
        else
        {
            ShowTable(done);
            Console.WriteLine(done.Count == 1
                ? $"written: {done[0].OutputStem}.mask.png .map.png .overlay.jpg .json"
                : $"written for each photo: .mask.png .map.png .overlay.jpg .json");
        }
        foreach (var photo in done)
            foreach (var warning in _reports[photo.Name].Warnings)
                Messages.Warning($"{photo.Name}: {warning}");
    }

    private void ShowTable(List<PhotoPath> photos)
    {
        var table = new Table { Border = TableBorder.Rounded }.AddColumn(new TableColumn("photo").NoWrap());
        foreach (var title in new[] { "face", "wrinkles", "skin %", "length", "longest", "width", "contrast" })
            table.AddColumn(new TableColumn(title).RightAligned());
        foreach (var photo in photos)
        {
            var report = _reports[photo.Name];
            if (report.Face is null)
                table.AddRow(Name(photo), "no face", "", "", "", "", "", "");
            foreach (var face in new[] { report.Face }.Concat(report.OtherFaces).OfType<FaceReport>())
                table.AddRow(Row(photo, face));
        }
        Messages.ForResults.Write(table);
        if (photos.Select(photo => _reports[photo.Name])
            .FirstOrDefault(report => report.Face is not null) is not { } any)
            return;
        Console.WriteLine("face, length, longest and width in pixels of the photo; contrast in grey levels");
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"method {any.Method}, threshold {any.Threshold:0.##}{(options.Threshold is null ? " (its own)" : "")}"));
        if (photos.Any(photo => _reports[photo.Name].Face is { Wrinkles: { WidthIsDrawn: true, Count: > 0 } }))
            Console.WriteLine("width: this method draws every line with one pen, so the width is the pen's");
        if (photos.Any(photo => _reports[photo.Name].Face is { Wrinkles.WrinkleAreaPixels: 0 }))
            Console.WriteLine("No wrinkles found where the count is 0; a lower --threshold finds more.");
    }

    private static string Name(PhotoPath photo) => Markup.Escape(Path.GetFileName(photo.Path ?? photo.Name));

    private static string[] Row(PhotoPath photo, FaceReport face)
    {
        var wrinkles = face.Wrinkles;
        return
        [
            Name(photo), Number(face.Quality.FaceWidthPixels, 0), wrinkles.Count.ToString(CultureInfo.InvariantCulture),
            Number(wrinkles.ShareOfSkinPercent, 2),
                Number(wrinkles.TotalLengthPixels, 0), Number(wrinkles.LongestLengthPixels, 0),
                Number(wrinkles.MeanWidthPixels, 1), Number(wrinkles.MeanContrastGrayLevels, 1),
            ];
    }

    private static string Number(double? value, int digits) =>
        value is { } known ? known.ToString($"F{digits}", CultureInfo.InvariantCulture) : "-";
}
