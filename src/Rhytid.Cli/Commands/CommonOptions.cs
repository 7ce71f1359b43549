using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Rhytid.Imaging;

namespace Rhytid.Cli.Commands;

/// <summary>Options that several commands share, and the check of one value.</summary>
internal static class CommonOptions
{
    private static readonly string[] PictureExtensions = [".png", ".jpg", ".jpeg", ".webp"];

    public static Setting<int> Threads(this CliCommand command) =>
        command.Number(
            "--threads", "N", "How many threads to use; all processors unless given.", Environment.ProcessorCount, 1);

    public static Setting<ImageLoadOptions> MaxMegapixels(this CliCommand command)
    {
        var limit = command.Number(
            "--max-megapixels", "N", "Refuse pictures with more pixels than this many millions.",
            ImageLoadOptions.Default.MaxPixels / 1e6, 0, 1000, above: true);
        return limit.Select(millions => new ImageLoadOptions { MaxPixels = (long)(millions * 1e6) });
    }

    public static Setting<bool> Json(this CliCommand command, string instead = "tables") =>
        command.Flag("--json", $"Print JSON instead of {instead}.");

    public static Setting<int> Seed(this CliCommand command, string description) =>
        command.Number("--seed", "S", description, 0);

    /// <summary><c>--overwrite</c>, and <c>--force</c>, as earlier versions called it on some commands.</summary>
    public static Setting<bool> Overwrite(this CliCommand command, string description)
    {
        var force = command.Flag("--force", "", hidden: true);
        return command.Flag("--overwrite", description).Select(overwrite => overwrite || force.Value);
    }

    /// <summary>A picture to write; its extension chooses the format.</summary>
    public static Setting<string?> Picture(
        this CliCommand command, string name, string description, bool isRequired = false) => command.Text(
        name, "FILE", $"{description} .png, .jpg or .webp.",
        path => PictureExtensions.Contains(Path.GetExtension(path).ToLowerInvariant())
            ? null
            : $"{name.Split(", ")[0]} '{path}' has to end in .png, .jpg or .webp",
        isRequired);

    public static Setting<int> PngLevel(this CliCommand command) =>
        command.Number("--png-level", "N", "How hard PNG files are compressed, 0 to 9.", 3, 0, 9);

    /// <summary>The line for a value that is no number.</summary>
    /// <param name="option">The option's name.</param>
    /// <param name="typed">What was typed.</param>
    /// <param name="type">The .NET type that was wanted, in words.</param>
    public static string NotANumber(string option, string typed, string type) =>
        $"{option} '{typed}' is not a {(type.Contains("Int", StringComparison.Ordinal) ? "whole number" : "number")}";

    /// <summary>Adds a check whose message is shown as it is.</summary>
    public static Option<T> Validated<T>(Option<T> option, Func<T, string?> problem)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 0)
                return;
            var typed = result.Tokens[0].Value;
            // A comma would be read as a thousands separator: 0,3 as 3.
            if (typeof(T) != typeof(string) && typed.Contains(',', StringComparison.Ordinal))
                result.AddError($"{option.Name} '{typed}' is not a number; write 0.5, not 0,5");
            else if (!TryConvert(result, out T value))
                result.AddError(NotANumber(option.Name, typed, typeof(T).ToString()));
            else if (problem(value) is { } message)
                result.AddError(message);
        });
        return option;

        static bool TryConvert(OptionResult result, out T value)
        {
            try
            {
                value = result.GetValueOrDefault<T>()!;
                return true;
            }
            catch (InvalidOperationException)
            {
                value = default!;
                return false;
            }
        }
    }
}

/// <summary>Whole numbers with commas between them.</summary>
internal static class NumberList
{
    /// <summary>The numbers; -1 for a word that is none.</summary>
    public static List<int> Parse(string text) =>
    [
        .. text.Split(',').Select(word =>
            int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1)
    ];
}
