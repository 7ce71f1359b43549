using System.Globalization;
using System.Text;
using Rhytid.Faces.Skin;
using Rhytid.Imaging;
using Rhytid.Reports;
using Rhytid.Segmentation;
using Rhytid.Segmentation.Classical;
using Rhytid.Shipped;

namespace Rhytid.Cli.Commands.Photos;

/// <summary><c>rhytid segment</c>: photos in; masks, maps, overlays and numbers out.</summary>
internal sealed class SegmentCommand(CliCommand command)
{
    private const string Network = "network";
    private const string Parser = "parser";
    private const string Colour = "colour";

    private static readonly Dictionary<string, Rgb> Colors = new(StringComparer.OrdinalIgnoreCase)
    {
        ["red"] = new Rgb(230, 30, 50),
        ["green"] = new Rgb(30, 200, 60),
        ["blue"] = new Rgb(40, 90, 240),
        ["yellow"] = new Rgb(250, 220, 30),
        ["cyan"] = new Rgb(30, 220, 230),
        ["magenta"] = new Rgb(230, 40, 200),
        ["white"] = new Rgb(255, 255, 255),
        ["black"] = new Rgb(0, 0, 0),
    };

    private readonly PhotoOptions _photos = new(command);
    private readonly Setting<string> _method = command.Choice(
        "--method, -m", "How wrinkles are found: by the network that ships, or by a filter of the literature.", Network,
        [Network, .. ClassicalMethods.Names]);
    private readonly Setting<float?> _threshold = command.OptionalNumber<float>(
        "--threshold, -t", "T", "0 to 1; higher finds less. The method's own unless given.", 0, 1);
    private readonly Setting<bool> _clean = command.Flag(
        "--license-clean",
        "Use only parts whose licences forbid no use: an open wrinkle network, skin by colour and a drawn atlas.");
    private readonly DetectorOption _detector = new(command);
    private readonly FaceOptions _faces = new(command);
    private readonly Setting<string> _skin = command.Choice(
        "--skin", "How skin is found: by the face parser that ships, or by the photo's own colours.", Parser,
        [Parser, Colour]);
    private readonly SkinMaskOption _skinMask = new(command, "Look only where a mask is set.");
    private readonly LandmarksOption _landmarks = new(command);
    private readonly Setting<bool> _json = command.Flag(
        "--json", "Print one line of JSON per photo instead of the table.");
    private readonly Setting<Rgb> _color = command.Parsed<Rgb>(
        "--overlay-color", "COLOR", "Colour of wrinkles in the overlay: #rrggbb or a name.", "red", TryParseColor,
        $"is no colour; use #rrggbb, {string.Join(", ", Colors.Keys)}");
    private readonly Setting<float> _opacity = command.Number(
        "--opacity", "A", "Opacity of wrinkles in the overlay, 0 to 1.", Overlay.DefaultOpacity, 0, 1);
    private readonly NetworkOptions _networks = new(command);

    public static CliCommand Create(string name)
    {
        var command = new CliCommand(
            name, "Finds the wrinkles in photos; writes {stem}.mask.png, .map.png, .overlay.jpg and .json.");
        var segment = new SegmentCommand(command);
        command.Exclude(segment._networks.Model, segment._method);
        command.Exclude(segment._skin, segment._skinMask.Setting, segment._landmarks.Setting);
        foreach (var choice in
            new Setting[] { segment._networks.Model, segment._method, segment._skin, segment._detector.Setting })
            command.Exclude(segment._clean, choice);
        return command.Does(segment.RunAsync);
    }

    private async Task<int> RunAsync(CancellationToken token)
    {
        var batch = _photos.Open();
        var masks = _skinMask.Open(batch.Count);
        using var points = _landmarks.Open(batch.Count);
        var parts = _clean
            ? WrinkleSegmenterOptions.LicenseClean()
            : new WrinkleSegmenterOptions { Skin = _skin.Value == Colour ? new SkinColorModel() : null };
        var detector = _detector.Load();
        using var owned = detector as IDisposable;
        var isNetwork = _method.Value == Network;
        using var model = _networks.Load(
            batch.ThreadsPerPhoto, isNetwork, _clean ? ShippedModels.OpenWrinkleModel : ShippedModels.WrinkleModel);
        using var segmenter = WrinkleSegmenter.Load(parts with
        {
            Method = (IWrinkleSegmenter?)model ?? (isNetwork ? null : ClassicalMethods.Create(_method.Value)),
            Detector = detector,
            Skin = points.Provider ?? parts.Skin,
            Threads = batch.ThreadsPerPhoto,
        });
        var options = _faces.Read() with { Threshold = _threshold };
        var (color, opacity) = (_color.Value, _opacity.Value);
        // A line as soon as it is known: who reads along need not wait, and what is stopped has told what it did.
        Action<SegmentationReport>? print = _json ? report => Console.WriteLine(report.ToJson(indented: false)) : null;
        return await batch.RunAsync("finding wrinkles", Segment, Show, token, print);

        SegmentationReport Segment(PhotoPath photo)
        {
            var picture = batch.Load(photo);
            var skin = masks.Find(photo) ?? points.Find(photo, picture);
            var result = segmenter.Segment(picture, options with { SkinMask = skin }, progress: null, token);
            var report = SegmentationReport.From(result, photo.FileName);
            photo.Write(token, Files(result, report, color, opacity));
            return report;
        }
    }

    private static (string Ending, byte[] Bytes)[] Files(
        SegmentationResult result, SegmentationReport report, Rgb color, float opacity)
    {
        var overlay = Overlay.Draw(result.Photo, result.WrinkleMask, result.SkinMask, color, opacity);
        (string, byte[])[] files =
        [
            (".mask.png", result.WrinkleMask.Encode(ImageFormat.Png)),
            (".map.png", result.WrinkleMap.ToBytes(255).Encode(ImageFormat.Png)),
            (".overlay.jpg", overlay.Encode(ImageFormat.Jpeg)),
            (".json", Encoding.UTF8.GetBytes(report.ToJson() + "\n")),
        ];
        return result.WrinkleLevels is { } levels
            ? [.. files, (".levels.png", levels.Encode(ImageFormat.Png))]
            : files;
    }

    private void Show(IReadOnlyList<(PhotoPath Photo, SegmentationReport Report)> done)
    {
        if (!_json)
            SegmentTable.Print(done, isOwnThreshold: !_threshold.IsGiven);
        foreach (var (photo, report) in done)
            foreach (var warning in report.Warnings)
                Messages.Warning($"{photo.Name}: {warning}");
    }

    private static bool TryParseColor(string text, out Rgb color)
    {
        if (Colors.TryGetValue(text, out color))
            return true;
        if (text is not ['#', _, _, _, _, _, _]
            || !int.TryParse(text[1..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            return false;
        color = new Rgb((byte)(value >> 16), (byte)(value >> 8), (byte)value);
        return true;
    }
}
