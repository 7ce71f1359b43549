using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Rhytid.Training.Yaml;
using static System.FormattableString;

namespace Rhytid.Training.Fields;

/// <summary>How values of a type stand in YAML.</summary>
internal abstract class Format<T>
{
    /// <summary>What a value may be, for messages and the reference page.</summary>
    public abstract string Values { get; }

    /// <summary>The kinds that a value chooses from.</summary>
    public virtual IReadOnlyList<IKind> Kinds => [];

    /// <summary>Reads the value of a key that is there; a problem is told.</summary>
    public abstract bool TryRead(YamlFields yaml, string key, [MaybeNullWhen(false)] out T value);

    public abstract string Write(T value);

    /// <summary>The rows of the reference page, from the one of the field itself.</summary>
    public virtual IEnumerable<FieldRow> Rows(FieldRow own) => [own];
}

internal delegate bool Parser<T>(string text, [MaybeNullWhen(false)] out T value);

/// <summary>A value in one word or line.</summary>
internal class Scalar<T>(string values, Parser<T> parse, Func<T, string> write) : Format<T>
{
    public override string Values => values;

    public override string Write(T value) => write(value);

    public override bool TryRead(YamlFields yaml, string key, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (yaml.Text(key) is not { } text)
            return false;
        if (parse(text, out value))
            return true;
        yaml.Reject(key, Complaint(key, text));
        return false;
    }

    protected virtual string Complaint(string key, string text) => $"'{key}' must be {Values}, not '{text}'";
}

/// <summary>Words that stand for values.</summary>
internal sealed class Words<T>((string Word, T Value)[] words) : Scalar<T>(
    string.Join(", ", words.Select(pair => $"`{pair.Word}`")),
    (string text, [MaybeNullWhen(false)] out T value) =>
    {
        var index = Array.FindIndex(words, pair => pair.Word == text);
        value = index < 0 ? default : words[index].Value;
        return index >= 0;
    },
    value => words.First(pair => Equals(pair.Value, value)).Word)
{
    protected override string Complaint(string key, string text)
    {
        string[] known = [.. words.Select(pair => pair.Word)];
        return $"'{key}' is '{text}'; it may be: {string.Join(", ", known)}{Spelling.Hint(text, known)}";
    }
}

/// <summary>The formats of plain values.</summary>
internal static class Scalars
{
    public static Scalar<string> Text { get; } =
        new("a text", (string text, [MaybeNullWhen(false)] out string value) => (value = text).Length > 0, Quote);

    public static Scalar<bool> Bool { get; } = new("true or false", TryBool, value => value ? "true" : "false");

    public static Scalar<IReadOnlyList<int>> Integers { get; } = new(
        "whole numbers with commas, such as 2,2,2,2", TryIntegers,
        values => Quote(string.Join(',', values.Select(value => value.ToString(CultureInfo.InvariantCulture)))));

    public static Scalar<IReadOnlyList<string>> Texts { get; } =
        new("names with commas", TryTexts, values => Quote(string.Join(", ", values)));

    public static Scalar<int> Integer(int min, int max) => new(
        $"a whole number from {min} {(max == int.MaxValue ? "on" : $"to {max}")}",
        (string text, out int value) =>
            int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value)
            && value >= min && value <= max,
        value => value.ToString(CultureInfo.InvariantCulture));

    public static Scalar<double> Number(double min, double max) => new(
        max == double.MaxValue ? Invariant($"a number from {min} on") : Invariant($"a number from {min} to {max}"),
        (string text, out double value) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value) && value >= min && value <= max,
        value => value.ToString("R", CultureInfo.InvariantCulture));

    private static bool TryBool(string text, out bool value) =>
        (value = text is "true" or "yes") || text is "false" or "no";

    private static bool TryIntegers(string text, out IReadOnlyList<int> values)
    {
        int?[] parsed = [.. text.Split(',').Select(part => (int?)(int.TryParse(part, out var value) ? value : null))];
        values = [.. parsed.OfType<int>()];
        return values.Count == parsed.Length;
    }

    private static bool TryTexts(string text, out IReadOnlyList<string> values)
    {
        values = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return true;
    }

    private static string Quote(string text)
    {
        (string Plain, string Escaped)[] escapes =
            [("\\", "\\\\"), ("\"", "\\\""), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")];
        foreach (var (plain, escaped) in escapes)
            text = text.Replace(plain, escaped, StringComparison.Ordinal);
        return $"\"{text}\"";
    }
}
