using System.Globalization;
using Rhytid.Reports;

namespace Rhytid.Cli.Commands.Photos;

/// <summary>The wrinkles of some photos, for people.</summary>
internal static class SegmentTable
{
    public static void Print(IReadOnlyList<(PhotoPath Photo, SegmentationReport Report)> done, bool isOwnThreshold)
    {
        var table = Tables.Create(
            ["photo"], "face", "wrinkles", "skin %", "length", "longest", "width", "contrast");
        foreach (var (photo, report) in done)
        {
            var name = Path.GetFileName(photo.Path ?? photo.Name);
            if (report.Face is null)
                table.Add(name, "no face", "", "", "", "", "", "");
            foreach (var face in new[] { report.Face }.Concat(report.OtherFaces).OfType<FaceReport>())
                table.Add([name, .. Cells(face)]);
        }
        table.Print();
        PrintNotes([.. done.Select(one => one.Report).Where(report => report.Face is not null)], isOwnThreshold);
        Console.WriteLine(done is [var (only, _)]
            ? $"written: {only.OutputStem}.mask.png .map.png .overlay.jpg .json"
            : "written for each photo: .mask.png .map.png .overlay.jpg .json");
    }

    private static void PrintNotes(IReadOnlyList<SegmentationReport> reports, bool isOwnThreshold)
    {
        if (reports.Count == 0)
            return;
        Console.WriteLine("face, length, longest and width in pixels of the photo; contrast in grey levels");
        var own = isOwnThreshold ? " (its own)" : "";
        Console.WriteLine(
            FormattableString.Invariant($"method {reports[0].Method}, threshold {reports[0].Threshold:0.##}{own}"));
        if (reports.Any(report => report.Face is { Wrinkles: { WidthIsDrawn: true, Count: > 0 } }))
            Console.WriteLine("width: this method draws every line with one pen, so the width is the pen's");
        if (reports.Any(report => report.Face is { Wrinkles.WrinkleAreaPixels: 0 }))
            Console.WriteLine("No wrinkles found where the count is 0; a lower --threshold finds more.");
    }

    private static string[] Cells(FaceReport face)
    {
        var wrinkles = face.Wrinkles;
        return
        [
            Number(face.Quality.FaceWidthPixels, 0), wrinkles.Count.ToString(CultureInfo.InvariantCulture),
            Number(wrinkles.ShareOfSkinPercent, 2), Number(wrinkles.TotalLengthPixels, 0),
            Number(wrinkles.LongestLengthPixels, 0), Number(wrinkles.MeanWidthPixels, 1),
            Number(wrinkles.MeanContrastGrayLevels, 1),
        ];
    }

    private static string Number(double? value, int digits) =>
        value is { } known ? known.ToString($"F{digits}", CultureInfo.InvariantCulture) : "-";
}
