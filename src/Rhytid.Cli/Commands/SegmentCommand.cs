using System.CommandLine;
using Rhytid.Faces.Detection;
using Rhytid.Imaging;
using Rhytid.Measurement;
using Rhytid.Models;
using Rhytid.Reports;
using Rhytid.Segmentation;
using Rhytid.Segmentation.Classical;
using Rhytid.Shipped;

namespace Rhytid.Cli.Commands;

/// <summary><c>rhytid segment</c>: photos in; masks, maps, overlays and numbers out.</summary>
internal static class SegmentCommand
{
    private const string Network = "network";

    public static Command Create()
    {
        var paths = CommonOptions.Paths();
        var output = CommonOptions.Output();
        var method = CommonOptions.OneOf(
            "--method", ["-m"], "How wrinkles are found: by the network that ships, or by a filter of the literature.",
            Network, [Network, .. ClassicalMethods.Names]);
        var skinBy = SkinChoiceOption.Create();
        var clean = new Option<bool>("--license-clean")
        {
            Description =
                "Use only parts whose licences forbid no use: an open wrinkle network, skin by colour and a drawn atlas."
        };
        var threshold = CommonOptions.Validated(
            new Option<float?>("--threshold", "-t")
            {
                Description = "0 to 1; higher finds less. The method's own unless given.",
                HelpName = "T"
            },
            value => value is null or (>= 0 and <= 1) ? null : "--threshold must lie between 0 and 1");
        var choice = new FaceOptions();
        var detector = FaceOptions.Detector();
        var skin = SkinMaskOption.Create("Look only where a mask is set.");
        var landmarks = LandmarksOption.Create();
        var dropBrows = LandmarksOption.DropBrows();
        var json = new Option<bool>("--json")
        {
            Description = "Print one line of JSON per photo instead of the table."
        };
        var color = CommonOptions.Validated(
            new Option<string>("--overlay-color")
            {
                Description = "Colour of wrinkles in the overlay: #rrggbb or a name.",
                HelpName = "COLOR",
                DefaultValueFactory = _ => "red"
            },
            value =>
                CommonOptions.ParseColor(value) is null
                    ? $"--overlay-color '{value}' is no colour; use #rrggbb, red, green, blue, yellow, cyan, magenta, white or black"
                    : null);
        var opacity = CommonOptions.Validated(
            new Option<float>("--opacity")
            {
                Description = "Opacity of wrinkles in the overlay, 0 to 1.",
                HelpName = "A",
                DefaultValueFactory = _ => Overlay.DefaultOpacity
            },
            value => value is >= 0 and <= 1 ? null : "--opacity must lie between 0 and 1");
        var threads = CommonOptions.Threads();
        var limit = CommonOptions.MaxMegapixels();
        var networks = new NetworkOptions();

        var command = new Command(
            "segment", "Finds the wrinkles in photos; writes {stem}.mask.png, .map.png, .overlay.jpg and .json.")
        {
            paths,
                output, method, threshold, clean, detector, skinBy, skin, landmarks, dropBrows, json, color, opacity,
                threads, limit,
        };
        networks.AddTo(command);
        command.Validators.Add(result =>
        {
            if (networks.IsGiven(result) && result.GetResult(method) is { Implicit: false })
                result.AddError("--model and --method exclude each other");
            if (result.GetResult(skinBy) is { Implicit: false }
                && (result.GetValue(skin) ?? result.GetValue(landmarks)) is not null)
                result.AddError("--skin excludes --skin-mask and --landmarks");
            if (result.GetValue(skin) is not null && result.GetValue(landmarks) is not null)
                result.AddError("--skin-mask and --landmarks exclude each other");
            if (!result.GetValue(clean))
                return;
            if (networks.IsGiven(result))
                result.AddError("--license-clean and --model exclude each other");
            foreach (var option in new Option[] { method, skinBy, detector })
                if (result.GetResult(option) is { Implicit: false })
                    result.AddError($"--license-clean and {option.Name} exclude each other");
        });
        choice.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            var photos = PhotoPaths.Expand(parsed.GetValue(paths)!, parsed.GetValue(output));
            var skinMasks = SkinMaskOption.Of(parsed.GetValue(skin), photos.Count);
            using var points = LandmarksOption.Of(parsed.GetValue(landmarks), parsed.GetValue(dropBrows), photos.Count);
            var finder = FaceOptions.LoadDetector(parsed.GetValue(detector));
            using var owned = finder as IDisposable;
            var name = parsed.GetValue(method)!;
            var parts = parsed.GetValue(clean)
                ? WrinkleSegmenterOptions.LicenseClean()
                : new WrinkleSegmenterOptions { Skin = SkinChoiceOption.Of(parsed.GetValue(skinBy)!) };
            using var model = networks.Load(
                parsed, parsed.GetValue(threads), isDefault: name == Network,
                shipped: parsed.GetValue(clean) ? ShippedModels.OpenWrinkleModel : ShippedModels.WrinkleModel);
            using var segmenter = WrinkleSegmenter.Load(parts with
            {
                Method = (IWrinkleSegmenter?)model ?? (name == Network ? null : ClassicalMethods.Create(name)),
                Detector = finder,
                Skin = points.Skin ?? parts.Skin,
            });
            var run = new SegmentRun(segmenter, choice.Read(parsed) with { Threshold = parsed.GetValue(threshold) })
            {
                SkinMasks = skinMasks,
                Landmarks = points,
                Load = CommonOptions.LoadOptions(parsed.GetValue(limit)),
                OverlayColor = CommonOptions.ParseColor(parsed.GetValue(color)!)!.Value,
                OverlayOpacity = parsed.GetValue(opacity),
                Threads = parsed.GetValue(threads),
                Json = parsed.GetValue(json),
            };
            return await run.RunAsync(photos, token);
        });
        return command;
    }
}
