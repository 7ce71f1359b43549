using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Rhytid.Cli.Commands;

/// <summary>Reads a value from the text of an option.</summary>
internal delegate bool TryParse<T>(string text, out T value);

/// <summary>An option or argument of a command.</summary>
internal abstract class Setting(CliCommand command, Symbol symbol)
{
    public string Name => Symbol.Name;

    /// <summary>Whether the user wrote it, as opposed to its default.</summary>
    public bool IsGiven => Symbol is Option option && Command.Result.GetResult(option) is { Implicit: false };

    protected CliCommand Command { get; } = command;

    protected Symbol Symbol { get; } = symbol;
}

/// <summary>An option or argument with its value, which is known once the command line is parsed.</summary>
internal sealed class Setting<T>(CliCommand command, Symbol symbol, Func<CommandResult, T> read)
    : Setting(command, symbol)
{
    public T Value => read(Command.Result);

    public static implicit operator T(Setting<T> setting) => setting.Value;

    public override string ToString() => $"{Value}";

    /// <summary>The same option, read as something else.</summary>
    public Setting<TOther> Select<TOther>(Func<T, TOther> convert) =>
        new(Command, Symbol, result => convert(read(result)));
}

/// <summary>
/// A command whose options are declared in a line each. A name may carry aliases: <c>"--output, -o"</c>.
/// </summary>
internal sealed class CliCommand : Command
{
    private CommandResult? _result;

    public CliCommand(string name, string description)
        : base(name, description) =>
        // The first validator: the checks that follow read the values.
        Validators.Add(result => _result = result);

    internal CommandResult Result =>
        _result ?? throw new InvalidOperationException("options are read after parsing");

    public Setting<string> Argument(string name, string description)
    {
        var argument = new Argument<string>(name) { Description = description };
        Add(argument);
        return new Setting<string>(this, argument, result => result.GetValue(argument)!);
    }

    /// <summary>A word that may be left out.</summary>
    public Setting<string?> OptionalArgument(string name, string description)
    {
        var argument = new Argument<string?>(name) { Description = description, Arity = ArgumentArity.ZeroOrOne };
        Add(argument);
        return new Setting<string?>(this, argument, result => result.GetValue(argument));
    }

    /// <summary>One word or more; what looks like an option and is no file was meant as one.</summary>
    public Setting<string[]> ArgumentList(string name, string description, bool mayBeNone = false)
    {
        var arity = mayBeNone ? ArgumentArity.ZeroOrMore : ArgumentArity.OneOrMore;
        var argument = new Argument<string[]>(name) { Description = description, Arity = arity };
        argument.Validators.Add(result =>
        {
            foreach (var word in result.Tokens.Select(token => token.Value))
                if (word.StartsWith("--", StringComparison.Ordinal) && !Path.Exists(word))
                    result.AddError($"there is no option '{word.Split('=')[0]}'");
        });
        Add(argument);
        return new Setting<string[]>(this, argument, result => result.GetValue(argument) ?? []);
    }

    public Setting<bool> Flag(string name, string description, bool hidden = false)
    {
        var option = Declare<bool>(name, null, description);
        option.Hidden = hidden;
        return Simple(option);
    }

    public Setting<string?> Text(
        string name, string help, string description, Func<string, string?>? problem = null, bool isRequired = false)
    {
        var option = Declare<string?>(name, help, description);
        option.Required = isRequired;
        return Simple(CommonOptions.Validated(option, value => problem?.Invoke(value!)));
    }

    public Setting<string> Text(
        string name, string help, string description, string fallback, Func<string, string?>? problem = null)
    {
        var option = Declare<string>(name, help, description, fallback);
        return Simple(CommonOptions.Validated(option, value => problem?.Invoke(value)), fallback);
    }

    public Setting<string?> File(string name, string description) => Text(name, "FILE", description);

    public Setting<string?> Folder(string name, string description) => Text(name, "DIR", description);

    public Setting<string> Required(string name, string help, string description) =>
        Text(name, help, description, isRequired: true).Select(value => value!);

    /// <summary>Several values, after one name or after several.</summary>
    public Setting<string[]> Several(string name, string help, string description)
    {
        var option = Declare<string[]>(name, help, description, []);
        option.AllowMultipleArgumentsPerToken = true;
        return new Setting<string[]>(this, option, result => result.GetValue(option) ?? []);
    }

    /// <summary>An option that may be given more than once, with a value each.</summary>
    public Setting<string[]> Repeated(string name, string help, string description, Func<string, string?> problem)
    {
        var option = Declare<string[]>(name, help, description, []);
        option.Validators.Add(result =>
        {
            foreach (var message in result.Tokens.Select(token => problem(token.Value)).OfType<string>())
                result.AddError(message);
        });
        return new Setting<string[]>(this, option, result => result.GetValue(option) ?? []);
    }

    /// <summary>An option whose value may be left out; <see cref="Setting.IsGiven"/> tells the flag.</summary>
    public Setting<string?> TextOrFlag(string name, string help, string description)
    {
        var option = Declare<string?>(name, help, description);
        option.Arity = ArgumentArity.ZeroOrOne;
        return Simple(option);
    }

    /// <summary>A number in a range; the least value is excluded where it has to lie above it.</summary>
    public Setting<T> Number<T>(
        string name, string help, string description, T fallback, T? min = null, T? max = null, bool above = false)
        where T : struct, INumber<T>
    {
        var option = Declare<T>(name, help, description, fallback);
        CommonOptions.Validated(option, value => OutOfRange(option.Name, value, min, max, above));
        return Simple(option, fallback);
    }

    /// <summary>A number in a range, or null where it is not given.</summary>
    public Setting<T?> OptionalNumber<T>(
        string name, string help, string description, T? min = null, T? max = null, bool above = false)
        where T : struct, INumber<T>
    {
        var option = Declare<T?>(name, help, description);
        return Simple(
            CommonOptions.Validated(option, value => OutOfRange(option.Name, value!.Value, min, max, above)));
    }

    /// <summary>One of an enumeration's values, by its name in small letters.</summary>
    public Setting<T> Choice<T>(string name, string description, T fallback)
        where T : struct, Enum => OptionalChoice<T>(name, description, fallback).Select(value => value ?? fallback);

    /// <summary>One of an enumeration's values, or null where it is not given.</summary>
    public Setting<T?> OptionalChoice<T>(string name, string description)
        where T : struct, Enum => OptionalChoice<T>(name, description, null);

    /// <summary>One of a few names.</summary>
    public Setting<string> Choice(string name, string description, string fallback, IEnumerable<string> names)
    {
        string[] choices = [.. names];
        return Place(name, description, fallback, choices).Select(place => place < 0 ? fallback : choices[place]);
    }

    /// <summary>One of a few values, each with its name.</summary>
    public Setting<T> Choice<T>(
        string name, string description, T fallback, IReadOnlyList<(string Name, T Value)> choices)
    {
        var initial = choices.FirstOrDefault(choice => Equals(choice.Value, fallback)).Name;
        return Place(name, description, initial, [.. choices.Select(choice => choice.Name)])
            .Select(place => place < 0 ? fallback : choices[place].Value);
    }

    /// <summary>
    /// A value in a form of its own. Help shows the initial text; where there is none and nothing is given, the value
    /// is the fallback. A message says what was expected after the option's name and what was typed.
    /// </summary>
    public Setting<T> Parsed<T>(
        string name, string help, string description, string? initial, TryParse<T> parse, string expected,
        T fallback = default!)
    {
        var option = initial is null
            ? Declare<string?>(name, help, description)
            : Declare<string?>(name, help, description, initial);
        CommonOptions.Validated(option, text => parse(text!, out _) ? null : $"{option.Name} '{text}' {expected}");
        return Simple(option, initial)
            .Select(text => text is not null && parse(text, out var value) ? value : fallback);
    }

    /// <summary>Adds a check of the options together: a message, or null where all is well.</summary>
    public void Check(Func<string?> problem) => Validators.Add(result =>
    {
        try
        {
            if (problem() is { } message)
                result.AddError(message);
        }
        catch (InvalidOperationException)
        {
            // A value that cannot be read has its own message.
        }
    });

    /// <summary>Refuses any two of some options.</summary>
    public void Exclude(params Setting[] settings)
    {
        foreach (var (place, first) in settings.Index())
            foreach (var second in settings[(place + 1)..])
                Check(() => first.IsGiven && second.IsGiven
                    ? $"{first.Name} and {second.Name} exclude each other"
                    : null);
    }

    /// <summary>What the command does.</summary>
    public CliCommand Does(Func<CancellationToken, Task<int>> work)
    {
        SetAction((parsed, token) =>
        {
            _result = parsed.CommandResult;
            return work(token);
        });
        return this;
    }

    /// <summary>What the command does, away from the thread that waits for it.</summary>
    public CliCommand Does(Func<CancellationToken, int> work) => Does(token => Task.Run(() => work(token)));

    /// <summary>What the command does where it cannot be stopped half-way.</summary>
    public CliCommand Does(Func<int> work) => Does(_ => Task.FromResult(work()));

    private Setting<T?> OptionalChoice<T>(string name, string description, T? fallback)
        where T : struct, Enum
    {
        var values = Enum.GetValuesAsUnderlyingType(typeof(T));
        string[] names = [.. Enum.GetNames(typeof(T)).Select(choice => choice.ToLowerInvariant())];
        return Place(name, description, fallback?.ToString().ToLowerInvariant(), names)
            .Select(place => place < 0 ? (T?)null : (T)Enum.ToObject(typeof(T), values.GetValue(place)!));
    }

    // The place of a name among a few, -1 where none is given and none is the initial one. It knows nothing of what the
    // names stand for: code for each such type would have to be compiled at every start of the program.
    private Setting<int> Place(string name, string description, string? initial, string[] choices)
    {
        var names = string.Join(", ", choices);
        return Parsed(
            name, "NAME", $"{description} One of: {names}.", initial,
            (string text, out int place) =>
            {
                place = Array.FindIndex(choices, choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase));
                return place >= 0;
            },
            $"is unknown; use one of: {names}", -1);
    }

    private static string? OutOfRange<T>(string name, T value, T? min, T? max, bool above)
        where T : struct, INumber<T>
    {
        var isEnough = min is not { } least || (above ? value > least : value >= least);
        if (isEnough && (max is not { } most || value <= most))
            return null;
        var range = (min, max, above) switch
        {
            ({ } from, { } to, true) => string.Create(CultureInfo.InvariantCulture, $"above {from} and at most {to}"),
            ({ } from, { } to, false) => string.Create(CultureInfo.InvariantCulture, $"{from} to {to}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{min} or more"),
        };
        return $"{name} must be {range}";
    }

    private Option<T> Declare<T>(string name, string? help, string description)
    {
        var names = name.Split(", ");
        var option = new Option<T>(names[0], names[1..]) { Description = description, HelpName = help };
        Add(option);
        return option;
    }

    private Option<T> Declare<T>(string name, string? help, string description, T fallback)
    {
        var option = Declare<T>(name, help, description);
        option.DefaultValueFactory = _ => fallback;
        return option;
    }

    // Checks of a command come before the parser has filled in defaults.
    private Setting<T> Simple<T>(Option<T> option, T fallback = default!) =>
        new(this, option, result => result.GetResult(option) is null ? fallback : result.GetValue(option)!);
}
