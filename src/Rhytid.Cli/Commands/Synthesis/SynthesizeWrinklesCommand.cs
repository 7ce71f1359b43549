using System.Collections.Concurrent;
using System.Globalization;
using Rhytid.Cli.Commands.Photos;
using Rhytid.Imaging;
using Rhytid.Synthesis.Portraits;
using Rhytid.Synthesis.Wrinkles;

namespace Rhytid.Cli.Commands.Synthesis;

/// <summary><c>rhytid synthesize wrinkles</c>: wrinkles with exact masks on the skin of real photos.</summary>
internal sealed class SynthesizeWrinklesCommand(CliCommand command)
{
    private static readonly string RegionNames = string.Join(", ", Enum.GetNames<WrinkleRegion>()).ToLowerInvariant();

    private readonly Setting<string> _faces = command.Required(
        "--faces", "DIR", "Folder of photos with smooth faces, searched to the bottom.");
    private readonly Setting<string> _output = command.Required(
        "--output, -o", "DIR", "Folder for images/, masks/, skin_masks/ and wrinkles/.");
    private readonly Setting<string?> _curves = command.Folder(
        "--curves",
        "Folder of wrinkle masks (PNG) drawn on FFHQ-style crops: their lines are painted, beside made-up ones.");
    private readonly Setting<int> _perFace = command.Number(
        "--per-face", "N", "How many pictures of each photo.", 1, 1, 10_000);
    private readonly Setting<int?> _count = command.OptionalNumber<int>(
        "--count, -n", "N", "Stop after this many pictures, photos in the order of their names; all unless given.", 1);
    private readonly Setting<int> _seed = command.Seed(
        "The same seed and photo give the same bytes, whatever other photos there are.");
    private readonly Setting<int?> _age = command.OptionalNumber<int>(
        "--age", "A",
        $"How old the wrinkles are, {PortraitOptions.MinAge} to {PortraitOptions.MaxAge} years; "
            + "drawn from the seed unless given.",
        PortraitOptions.MinAge, PortraitOptions.MaxAge);
    private readonly Setting<float> _strength = command.Number(
        "--strength", "X", "Depth of all wrinkles as a multiple of what their age has.",
        new WrinklePaintOptions().Strength, WrinklePaintOptions.MinStrength, WrinklePaintOptions.MaxStrength);
    private readonly Setting<string?> _regions = command.Text(
        "--regions", "NAMES", $"Where to paint, names with commas; everywhere unless given. Of: {RegionNames}.",
        names => names.Split(',').FirstOrDefault(name => !IsRegion(name)) is { } unknown
            ? $"--regions '{unknown}' is unknown; use some of: {RegionNames}"
            : null);
    private readonly Setting<int?> _jpeg = command.Parsed<int?>(
        "--jpeg", "0..100|off", "Quality of the pictures, or off for PNG.",
        WrinkleFolderOptions.DefaultQuality.ToString(CultureInfo.InvariantCulture), TryParseQuality,
        "is neither off nor a quality of 0 to 100");
    private readonly Setting<bool> _whole = command.Flag(
        "--whole", "Every picture is one aligned face (FFHQ-style crop).");
    private readonly DetectorOption _detector = new(command);
    private readonly Setting<int> _threads = command.Threads();
    private readonly Setting<ImageLoadOptions> _limit = command.MaxMegapixels();

    public static CliCommand Create(string name)
    {
        var command = new CliCommand(
            name, "Paints wrinkles with exact masks onto the smooth skin of real photos.");
        return command.Does(new SynthesizeWrinklesCommand(command).RunAsync);
    }

    private async Task<int> RunAsync(CancellationToken token)
    {
        var options = new WrinkleFolderOptions
        {
            Paint = new WrinklePaintOptions { Age = _age, Strength = _strength, Regions = Regions(_regions) },
            Seed = _seed,
            Whole = _whole,
            JpegQuality = _jpeg,
        };
        var painter = new WrinklePainter(_curves.Value is { } curves ? WrinkleCurves.Load(curves) : null);
        using var owned = _detector.LoadFinder();
        var folder = new WrinkleFolder(_output, painter, owned.Finder, options);
        var photos = Photos();
        folder.RemoveUnfinished(photos.Select(photo => photo.Photo));
        ThreadShare.Set(photos.Count, _threads);
        var (results, failures) = (new ConcurrentDictionary<string, WrinkleFolderResult>(), new FailureList());
        await failures.GuardEachAsync(
            "painting wrinkles", photos, photo => photo.Name, _threads,
            photo => results[photo.Name] = folder.Paint(photo.Photo, token), token);
        foreach (var (name, result) in results.OrderBy(result => result.Key, StringComparer.Ordinal))
            if (result.Skipped is { } reason)
                Messages.Warning($"{name}: skipped, {reason}");
        var (painted, there) = (results.Values.Sum(one => one.Painted), results.Values.Sum(one => one.AlreadyThere));
        Console.WriteLine(
            $"written: {Counted.Of(painted, "picture")} in {_output.Value} (images, masks, skin_masks, wrinkles)"
                + (there > 0 ? $"; {Counted.Were(there)} there already" : ""));
        var code = failures.Report(photos.Count);
        return painted + there == 0 ? ExitCodes.SomeFailed : code;
    }

    private List<(string Name, WrinkleFolderPhoto Photo)> Photos()
    {
        string faces = _faces, output = _output;
        if (!Directory.Exists(faces))
            throw new CommandException($"--faces {faces}: there is no such folder", ExitCodes.SomeFailed);
        if (WithSeparator(output).StartsWith(WithSeparator(faces), StringComparison.Ordinal))
            throw new CommandException(
                "-o lies inside --faces: the pictures would be taken for photos at the next call; "
                    + "choose another folder");
        var (most, load) = (_count.Value ?? int.MaxValue, _limit.Value);
        var photos = new List<(string Name, WrinkleFolderPhoto Photo)>();
        foreach (var photo in PhotoPaths.Expand([faces], output))
        {
            if (most <= 0)
                break;
            photos.Add((photo.Name, new WrinkleFolderPhoto(
                Flat(photo.OutputStem, output), Flat(Path.ChangeExtension(photo.Path!, null), faces), photo.FileName,
                Math.Min(_perFace, most), () => photo.Load(load))));
            most -= _perFace;
        }
        if (photos.GroupBy(photo => photo.Photo.Id).FirstOrDefault(group => group.Count() > 1) is { } same)
            throw new CommandException(
                $"{same.First().Name} and {same.Last().Name} would write the same files; rename one of them");
        return photos;

        static string WithSeparator(string path) =>
            Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)) + Path.DirectorySeparatorChar;
        static string Flat(string path, string root) =>
            Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '_');
    }

    private static bool IsRegion(string name) =>
        Enum.GetNames<WrinkleRegion>().Contains(name, StringComparer.OrdinalIgnoreCase);

    private static WrinkleRegion[] Regions(string? names) => names is null
        ? Enum.GetValues<WrinkleRegion>()
        : [.. names.Split(',').Select(name => Enum.Parse<WrinkleRegion>(name, ignoreCase: true)).Distinct()];

    // Null for PNG.
    private static bool TryParseQuality(string text, out int? quality)
    {
        quality = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return text == "off" || quality is <= 100;
    }
}
