using Rhytid.Synthesis.Portraits;

namespace Rhytid.Cli.Commands.Synthesis;

/// <summary><c>rhytid synthesize portraits</c>: people who do not exist, with exact masks.</summary>
internal static class SynthesizePortraitsCommand
{
    public static CliCommand Create(string name)
    {
        var command = new CliCommand(
            name,
            "Draws portraits of people who do not exist, with the exact masks of wrinkles and skin, and labels of the "
                + "parts.");
        var output = command.Required(
            "--output, -o", "DIR", "Folder for images/, masks/, skin_masks/ and labels/.");
        var count = command.Number("--count, -n", "N", "How many portraits.", 1, 1, 1_000_000);
        var seed = command.Seed(
            "Seed of the first portrait; the next ones count up. The same seed draws the same pixels.");
        var age = command.OptionalNumber<int>(
            "--age", "A",
            $"Years, {PortraitOptions.MinAge} to {PortraitOptions.MaxAge}; drawn from the seed unless given.",
            PortraitOptions.MinAge, PortraitOptions.MaxAge);
        var tone = command.OptionalChoice<SkinTone>("--tone", "Skin tone; drawn from the seed unless given.");
        var hair = command.OptionalChoice<HairStyle>("--hair", "Hair style; drawn from the seed unless given.");
        var size = command.Number(
            "--size", "PIXELS", "Side of the picture in pixels.", new PortraitOptions().Size, PortraitOptions.MinSize,
            PortraitOptions.MaxSize);
        var aligned = command.Flag("--aligned", "Cut the faces out as FFHQ does; --size is the square's side.");
        var overwrite = command.Flag("--overwrite", "Replace portraits that are there.");
        command.Check(() =>
            aligned && size.Value is > PortraitSynthesizer.MaxAlignedSize and <= PortraitOptions.MaxSize
                ? $"--size must be {PortraitOptions.MinSize} to {PortraitSynthesizer.MaxAlignedSize} with --aligned"
                : null);
        return command.Does(async token =>
        {
            var options = new PortraitFolderOptions
            {
                Portrait = new PortraitOptions { Seed = seed, Age = age, Tone = tone, Hair = hair, Size = size },
                Count = count,
                Aligned = aligned,
                Overwrite = overwrite,
            };
            if (PortraitFolder.Refusal(output, options) is { } refusal)
                throw new CommandException(refusal);
            await PhotoProgress.RunAsync(
                "drawing portraits", count,
                done => Task.Run(() => PortraitFolder.Write(output, options, done, token), token));
            Console.WriteLine(
                $"written: {Counted.Of(count, "portrait")} in {output.Value} "
                    + $"({string.Join(", ", PortraitFolder.Folders)})");
            return ExitCodes.Done;
        });
    }
}
