using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Rhytid.Imaging;

namespace Rhytid.Cli.Commands;

/// <summary>Arguments and options that several commands share.</summary>
internal static class CommonOptions
{
    public static Argument<string[]> Paths() =>
        Several("PATH", "Photos, folders (searched to the bottom), or - for standard input.");

    /// <summary>One path or more; what looks like an option and is no file was meant as one.</summary>
    public static Argument<string[]> Several(string name, string description)
    {
        var argument = new Argument<string[]>(name) { Description = description, Arity = ArgumentArity.OneOrMore };
        argument.Validators.Add(result =>
        {
            foreach (var word in result.Tokens.Select(token => token.Value))
                if (word.StartsWith("--", StringComparison.Ordinal) && !Path.Exists(word))
                    result.AddError($"there is no option '{word.Split('=')[0]}'");
        });
        return argument;
    }

    public static Option<string?> Output() => new("--output", "-o")
    {
        Description = "Folder for the results; made when missing. Beside each photo unless given.",
        HelpName = "DIR",
    };

    public static Option<int> Threads() => Validated(new Option<int>("--threads")
    {
        Description = "How many threads to use; all processors unless given.",
        HelpName = "N",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    }, value => value >= 1 ? null : "--threads must be 1 or more");

    public static Option<double> MaxMegapixels() => Validated(new Option<double>("--max-megapixels")
    {
        Description = "Refuse pictures with more pixels than this many millions.",
        HelpName = "N",
        DefaultValueFactory = _ => ImageLoadOptions.Default.MaxPixels / 1e6,
    }, value => value is > 0 and <= 1000 ? null : "--max-megapixels must be above 0 and at most 1000");

    public static ImageLoadOptions LoadOptions(double maxMegapixels) =>
        new() { MaxPixels = (long)(maxMegapixels * 1e6) };

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

    /// <summary>An option whose value is one of a few names.</summary>
    public static Option<string> OneOf(
        string name, string[] aliases, string description, string fallback, IReadOnlyList<string> names) =>
        Validated(
            new Option<string>(name, aliases)
            {
                Description = $"{description} One of: {string.Join(", ", names)}.",
                HelpName = "NAME",
                DefaultValueFactory = _ => fallback
            },
            value =>
                names.Contains(value) ? null : $"{name} '{value}' is unknown; use one of: {string.Join(", ", names)}");

    /// <summary>
    /// An option whose value is one of an enumeration's names in small letters, or absent; read it with
    /// <see cref="ValueOf{T}"/>.
    /// </summary>
    public static Option<string?> OneOf<T>(string name, string description)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>().Select(value => value.ToLowerInvariant()).ToList();
        return Validated(
            new Option<string?>(name)
            {
                Description = $"{description} One of: {string.Join(", ", names)}.",
                HelpName = "NAME"
            },
            value =>
                Enum.TryParse<T>(value, ignoreCase: true, out _) && !int.TryParse(value, out _)
                    ? null
                    : $"{name} '{value}' is unknown; use one of: {string.Join(", ", names)}");
    }

    /// <summary>The value that a name stands for, or null.</summary>
    public static T? ValueOf<T>(string? name)
        where T : struct, Enum => name is null ? null : Enum.Parse<T>(name, ignoreCase: true);

    /// <summary>A colour as #rrggbb or one of a few names, or null.</summary>
    public static Rgb? ParseColor(string text)
    {
        switch (text.ToLowerInvariant())
        {
            case "red": return new Rgb(230, 30, 50);
            case "green": return new Rgb(30, 200, 60);
            case "blue": return new Rgb(40, 90, 240);
            case "yellow": return new Rgb(250, 220, 30);
            case "cyan": return new Rgb(30, 220, 230);
            case "magenta": return new Rgb(230, 40, 200);
            case "white": return new Rgb(255, 255, 255);
            case "black": return new Rgb(0, 0, 0);
            default: break;
        }
        return text.Length == 7
            && text[0] == '#'
            && int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? new Rgb((byte)(value >> 16), (byte)(value >> 8), (byte)value)
            : null;
    }
}
