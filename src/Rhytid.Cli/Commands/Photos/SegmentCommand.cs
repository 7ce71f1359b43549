using System.Globalization;
using System.Text;
using Rhytid.Cli.Terminal;
using Rhytid.Faces.Skin;
using Rhytid.Imaging;
using Rhytid.Reports;
using Rhytid.Segmentation;
using Rhytid.Segmentation.Classical;
using Rhytid.Shipped;

namespace Rhytid.Cli.Commands.Photos;

/// <summary><c>rhytid segment</c>: photos in; masks, maps, overlays and numbers out.</summary>
internal static class SegmentCommand
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

    public static CliCommand Create()
    {
        var command = new CliCommand(
            "segment", "Finds the wrinkles in photos; writes {stem}.mask.png, .map.png, .overlay.jpg and .json.");
        var photos = new PhotoOptions(command);
        var method = command.Choice(
            "--method, -m", "How wrinkles are found: by the network that ships, or by a filter of the literature.",
            Network, [Network, .. ClassicalMethods.Names]);
        var threshold = command.OptionalNumber<float>(
            "--threshold, -t", "T", "0 to 1; higher finds less. The method's own unless given.", 0, 1);
        var clean = command.Flag(
            "--license-clean",
            "Use only parts whose licences forbid no use: an open wrinkle network, skin by colour and a drawn atlas.");
        var detector = new DetectorOption(command);
        var faces = new FaceOptions(command);
        var skin = command.Choice(
            "--skin", "How skin is found: by the face parser that ships, or by the photo's own colours.", Parser,
            [Parser, Colour]);
        var skinMask = new SkinMaskOption(command, "Look only where a mask is set.");
        var landmarks = new LandmarksOption(command);
        var json = command.Flag("--json", "Print one line of JSON per photo instead of the table.");
        var color = command.Parsed<Rgb>(
            "--overlay-color", "COLOR", "Colour of wrinkles in the overlay: #rrggbb or a name.", "red", TryParseColor,
            $"is no colour; use #rrggbb, {string.Join(", ", Colors.Keys)}");
        var opacity = command.Number(
            "--opacity", "A", "Opacity of wrinkles in the overlay, 0 to 1.", Overlay.DefaultOpacity, 0, 1);
        var networks = new NetworkOptions(command);
        command.Exclude(networks.Model, method);
        command.Exclude(skin, skinMask.Setting, landmarks.Setting);
        foreach (var choice in new Setting[] { networks.Model, method, skin, detector.Setting })
            command.Exclude(clean, choice);
        return command.Does(async token =>
        {
            var batch = photos.Open();
            var masks = skinMask.Open(batch.Count);
            using var points = landmarks.Open(batch.Count);
            var parts = clean
                ? WrinkleSegmenterOptions.LicenseClean()
                : new WrinkleSegmenterOptions { Skin = skin.Value == Colour ? new SkinColorModel() : null };
            var finder = detector.Load();
            using var owned = finder as IDisposable;
            using var model = networks.Load(
                batch.Threads, isDefault: method.Value == Network,
                shipped: clean ? ShippedModels.OpenWrinkleModel : ShippedModels.WrinkleModel);
            using var segmenter = WrinkleSegmenter.Load(parts with
            {
                Method = (IWrinkleSegmenter?)model
                    ?? (method.Value == Network ? null : ClassicalMethods.Create(method.Value)),
                Detector = finder,
                Skin = points.Provider ?? parts.Skin,
            });
            var options = faces.Read() with { Threshold = threshold };
            var (drawn, alpha) = (color.Value, opacity.Value);
            return await batch.RunAsync("finding wrinkles", Segment, Show, token);

            SegmentationReport Segment(PhotoPath photo)
            {
                var picture = batch.Load(photo);
                batch.UseTorch();
                var found = masks.Find(photo) ?? points.Find(photo, picture);
                var result = segmenter.Segment(picture, options with { SkinMask = found }, progress: null, token);
                var report = SegmentationReport.Of(result, photo.FileName);
                var overlay = Overlay.Draw(result.Photo, result.WrinkleMask, result.SkinMask, drawn, alpha);
                List<(string, byte[])> files =
                [
                    (".mask.png", result.WrinkleMask.Encode(ImageFormat.Png)),
                    (".map.png", result.WrinkleMap.ToBytes(255).Encode(ImageFormat.Png)),
                    (".overlay.jpg", overlay.Encode(ImageFormat.Jpeg)),
                    (".json", Encoding.UTF8.GetBytes(report.ToJson() + "\n")),
                ];
                if (result.WrinkleLevels is { } levels)
                    files.Add((".levels.png", levels.Encode(ImageFormat.Png)));
                photo.Write(token, [.. files]);
                return report;
            }

            void Show(IReadOnlyList<(PhotoPath Photo, SegmentationReport Report)> done)
            {
                if (json)
                    foreach (var (_, report) in done)
                        Console.WriteLine(report.ToJson(indented: false));
                else
                    SegmentTable.Print(done, isOwnThreshold: options.Threshold is null);
                foreach (var (photo, report) in done)
                    foreach (var warning in report.Warnings)
                        Messages.Warning($"{photo.Name}: {warning}");
            }
        });
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
