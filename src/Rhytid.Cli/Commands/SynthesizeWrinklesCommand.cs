using System.CommandLine;
using System.Globalization;
using Rhytid.Synthesis.Portraits;
using Rhytid.Synthesis.Wrinkles;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Cli.Commands;

/// <summary><c>rhytid synthesize wrinkles</c>: wrinkles with exact masks on the skin of real photos.</summary>
internal static class SynthesizeWrinklesCommand
{
    private const int UsualQuality = 92;

    public static Command Create()
    {
        var faces = new Option<string>("--faces")
        {
            Description = "Folder of photos with smooth faces, searched to the bottom.",
            HelpName = "DIR",
            Required = true
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "Folder for images/, masks/, skin_masks/ and wrinkles/.",
            HelpName = "DIR",
            Required = true
        };
        var curves = new Option<string?>("--curves")
        {
            Description =
                "Folder of wrinkle masks (PNG) drawn on FFHQ-style crops: their lines are painted, beside made-up ones.",
            HelpName = "DIR"
        };
        var perFace = CommonOptions.Validated(
            new Option<int>("--per-face")
            {
                Description = "How many pictures of each photo.",
                HelpName = "N",
                DefaultValueFactory = _ => 1
            },
            value => value is >= 1 and <= 10_000 ? null : "--per-face must be 1 to 10000");
        var count = CommonOptions.Validated(
            new Option<int?>("--count", "-n")
            {
                Description = "Stop after this many pictures, photos in the order of their names; all unless given.",
                HelpName = "N"
            },
            value => value is null or >= 1 ? null : "--count must be 1 or more");
        var seed = new Option<int>("--seed")
        {
            Description = "The same seed and photo give the same bytes, whatever other photos there are.",
            HelpName = "S",
            DefaultValueFactory = _ => 0
        };
        var age = CommonOptions.Validated(
            new Option<int?>("--age")
            {
                Description =
                    $"How old the wrinkles are, {PortraitOptions.MinAge} to {PortraitOptions.MaxAge} years; drawn from the seed unless given.",
                HelpName = "A"
            },
            value =>
                value is null or (>= PortraitOptions.MinAge and <= PortraitOptions.MaxAge)
                    ? null
                    : $"--age must be {PortraitOptions.MinAge} to {PortraitOptions.MaxAge}");
        var strength = CommonOptions.Validated(
            new Option<float>("--strength")
            {
                Description = "Depth of all wrinkles as a multiple of what their age has.",
                HelpName = "X",
                DefaultValueFactory = _ => 1
            },
            value => value is >= WrinklePaintOptions.MinStrength and <= WrinklePaintOptions.MaxStrength ? null
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"--strength must be {WrinklePaintOptions.MinStrength} to {WrinklePaintOptions.MaxStrength}"));
        var regions = Regions();
        var jpeg = CommonOptions.Validated(
            new Option<string>("--jpeg")
            {
                Description = "Quality of the pictures, or off for PNG.",
                HelpName = "0..100|off",
                DefaultValueFactory = _ => UsualQuality.ToString(CultureInfo.InvariantCulture)
            },
            value =>
                value == "off" || Quality(value) is >= 0 and <= 100
                    ? null
                    : $"--jpeg '{value}' is neither off nor a quality of 0 to 100");
        var whole = new Option<bool>("--whole")
        {
            Description = "Every picture is one aligned face (FFHQ-style crop)."
        };
        var detector = FaceOptions.Detector();
        var threads = CommonOptions.Threads();
        var limit = CommonOptions.MaxMegapixels();
        var command = new Command("wrinkles", "Paints wrinkles with exact masks onto the smooth skin of real photos.")
        {
            faces, output, curves, perFace, count, seed, age, strength, regions, jpeg, whole, detector, threads, limit,
        };
        command.SetAction(async (parsed, token) =>
        {
            var options = new WrinklePaintOptions
            {
                Age = parsed.GetValue(age),
                Strength = parsed.GetValue(strength),
                Regions = ReadRegions(parsed.GetValue(regions))
            };
            var painter = new WrinklePainter(parsed.GetValue(curves) is { } folder ? WrinkleCurves.Load(folder) : null);
            var faceDetector = FaceOptions.LoadDetector(parsed.GetValue(detector));
            using var owned = faceDetector as IDisposable;
            using var finder = new Faces.FaceFinder(faceDetector);
            var run = new SynthesizeWrinklesRun(painter, finder, options)
            {
                Output = parsed.GetValue(output)!,
                Seed = parsed.GetValue(seed),
                PerFace = parsed.GetValue(perFace),
                Whole = parsed.GetValue(whole),
                JpegQuality = Quality(parsed.GetValue(jpeg)!),
                Threads = parsed.GetValue(threads),
                Load = CommonOptions.LoadOptions(parsed.GetValue(limit)),
            };
            return await run.RunAsync(parsed.GetValue(faces)!, parsed.GetValue(count), token);
        });
        return command;
    }

    private static Option<string?> Regions()
    {
        var names = Enum.GetNames<WrinkleRegion>().Select(name => name.ToLowerInvariant()).ToList();
        return CommonOptions.Validated(
            new Option<string?>("--regions")
            {
                Description =
                    $"Where to paint, names with commas; everywhere unless given. Of: {string.Join(", ", names)}.",
                HelpName = "NAMES"
            },
            value => value!.Split(',').FirstOrDefault(name => !names.Contains(name.ToLowerInvariant())) is { } unknown
                ? $"--regions '{unknown}' is unknown; use some of: {string.Join(", ", names)}" : null);
    }

    private static WrinkleRegion[] ReadRegions(string? names) =>
        names is null
            ? Enum.GetValues<WrinkleRegion>()
            : [.. names.Split(',').Select(name => Enum.Parse<WrinkleRegion>(name, ignoreCase: true)).Distinct()];

    // Null for PNG.
    private static int? Quality(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var quality) ? quality : null;
}
