using System.CommandLine;
using System.Globalization;
using Rhytid.Cli.Terminal;
using Rhytid.Imaging;
using Rhytid.Synthesis.Portraits;

namespace Rhytid.Cli.Commands;

/// <summary><c>rhytid synthesize portraits</c>: people who do not exist, with exact masks.</summary>
internal static class SynthesizePortraitsCommand
{
    private static readonly string[] Folders = ["images", "masks", "skin_masks", "labels"];

    public static Command Create()
    {
        var output = new Option<string>("--output", "-o")
        {
            Description = "Folder for images/, masks/, skin_masks/ and labels/.",
            HelpName = "DIR",
            Required = true
        };
        var count = CommonOptions.Validated(
            new Option<int>("--count", "-n")
            {
                Description = "How many portraits.",
                HelpName = "N",
                DefaultValueFactory = _ => 1
            },
            value => value is >= 1 and <= 1_000_000 ? null : "--count must be 1 to 1000000");
        var seed = new Option<int>("--seed")
        {
            Description = "Seed of the first portrait; the next ones count up. The same seed draws the same pixels.",
            HelpName = "S",
            DefaultValueFactory = _ => 0
        };
        var age = CommonOptions.Validated(
            new Option<int?>("--age")
            {
                Description =
                    $"Years, {PortraitOptions.MinAge} to {PortraitOptions.MaxAge}; drawn from the seed unless given.",
                HelpName = "A"
            },
            value =>
                value is null or (>= PortraitOptions.MinAge and <= PortraitOptions.MaxAge)
                    ? null
                    : $"--age must be {PortraitOptions.MinAge} to {PortraitOptions.MaxAge}");
        var tone = CommonOptions.OneOf<SkinTone>("--tone", "Skin tone; drawn from the seed unless given.");
        var hair = CommonOptions.OneOf<HairStyle>("--hair", "Hair style; drawn from the seed unless given.");
        var size = CommonOptions.Validated(
            new Option<int>("--size")
            {
                Description = "Side of the picture in pixels.",
                HelpName = "PIXELS",
                DefaultValueFactory = _ => 1024
            },
            value =>
                value is >= PortraitOptions.MinSize and <= PortraitOptions.MaxSize
                    ? null
                    : $"--size must be {PortraitOptions.MinSize} to {PortraitOptions.MaxSize}");
        var aligned = new Option<bool>("--aligned")
        {
            Description = "Cut the faces out as FFHQ does; --size is the square's side."
        };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace portraits that are there." };
        var command = new Command(
            "portraits",
            "Draws portraits of people who do not exist, with the exact masks of wrinkles and skin, and labels of the parts.")
        {
            output, count, seed, age, tone, hair, size, aligned, overwrite,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(aligned)
                && result.GetValue(size) is > PortraitSynthesizer.MaxAlignedSize and <= PortraitOptions.MaxSize)
                result.AddError(
                    $"--size must be {PortraitOptions.MinSize} to {PortraitSynthesizer.MaxAlignedSize} with --aligned");
        });
        command.SetAction((parsed, token) =>
        {
            var template = new PortraitOptions
            {
                Age = parsed.GetValue(age),
                Tone = CommonOptions.ValueOf<SkinTone>(parsed.GetValue(tone)),
                Hair = CommonOptions.ValueOf<HairStyle>(parsed.GetValue(hair)),
                Size = parsed.GetValue(size),
            };
            var (folder, firstSeed) = (parsed.GetValue(output)!, parsed.GetValue(seed));
            List<(string Id, int Seed)> portraits =
            [
                .. Enumerable.Range(0, parsed.GetValue(count)).Select(i => unchecked(firstSeed + i))
                    .Select(one => (one.ToString("D5", CultureInfo.InvariantCulture), one))];
            if (!parsed.GetValue(overwrite))
                RefuseOthers(folder, portraits);
            Func<PortraitOptions, Portrait> draw = parsed.GetValue(aligned)
                ? PortraitSynthesizer.DrawAligned
                : PortraitSynthesizer.Draw;
            return RunAsync(folder, portraits, seed => draw(template with { Seed = seed }), token);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        string folder, List<(string Id, int Seed)> portraits, Func<int, Portrait> draw, CancellationToken token)
    {
        var count = portraits.Count;
        await PhotoProgress.RunAsync("drawing portraits", count, done =>
        {
            // One after the other: drawing one already uses all processors.
            foreach (var (id, seed) in portraits)
            {
                token.ThrowIfCancellationRequested();
                Write(folder, id, draw(seed));
                done(id);
            }
            return Task.CompletedTask;
        });
        Console.WriteLine(
            $"written: {count} {(count == 1 ? "portrait" : "portraits")} in {folder} ({string.Join(", ", Folders)})");
        return ExitCodes.Done;
    }

    // The name is the seed alone: the same name may be another age, size or tone.
    private static void RefuseOthers(string folder, List<(string Id, int Seed)> portraits)
    {
        var there = portraits.SelectMany(portrait => PathsOf(folder, portrait.Id)).Where(File.Exists).ToList();
        if (there.Count > 0)
            throw new CommandException(
                $"{there[0]} is there already{(there.Count > 1 ? $", and {there.Count - 1} more" : "")}; give another folder or --seed, or --overwrite to replace");
    }

    private static string[] PathsOf(string folder, string id) =>
        [.. Folders.Select(kind => Path.Combine(folder, kind, $"{id}.png"))];

    private static void Write(string folder, string id, Portrait portrait)
    {
        byte[][] contents =
        [
            portrait.Image.Encode(ImageFormat.Png), portrait.WrinkleMask.Encode(ImageFormat.Png),
            portrait.SkinMask.Encode(ImageFormat.Png), portrait.PartLabels.Encode(ImageFormat.Png),
        ];
        List<(string Path, byte[] Bytes)> files = [.. PathsOf(folder, id).Zip(contents)];
        files.ForEach(file => OutputFolder.Make(file.Path));
        AtomicFile.WriteAll(files);
    }
}
