using Rhytid.Training.Yaml;

namespace Rhytid.Training.Fields;

/// <summary>One key of a section of a YAML file: its name, values, default and meaning, written once.</summary>
/// <remarks>Reading, writing and the reference page walk lists of fields; a section is an immutable record.</remarks>
public abstract class Field
{
    private protected Field(string key, string description) => (Key, Description) = (key, description);

    /// <summary>The key.</summary>
    public string Key { get; }

    /// <summary>Meaning and unit, for the reference page.</summary>
    public string Description { get; }

    /// <summary>Reads the key's value, if it is there, into a copy of the section.</summary>
    internal abstract object Read(object section, YamlFields yaml);

    /// <summary>Adds broken rules between the field and others of its section, which was read whole.</summary>
    internal abstract void Check(object section, YamlFields yaml);

    /// <summary>The value as YAML; null where it is not set.</summary>
    internal abstract string? Write(object section);

    /// <summary>The kinds that the value chooses from.</summary>
    internal abstract IReadOnlyList<IKind> Kinds { get; }

    /// <summary>The rows of the reference page, with the defaults of a section.</summary>
    internal abstract IEnumerable<FieldRow> Rows(object section, string prefix);
}

/// <summary>A field of a record; the static methods declare fields by the kind of their values.</summary>
/// <typeparam name="TSection">The record.</typeparam>
public abstract class Field<TSection> : Field
    where TSection : class
{
    private readonly List<Func<TSection, string?>> _rules = [];

    private protected Field(string key, string description)
        : base(key, description)
    {
    }

    private protected bool IsRequired { get; private set; }

    private protected string UnsetText { get; private set; } = "none";

    /// <summary>Makes the key obligatory.</summary>
    public Field<TSection> Required()
    {
        IsRequired = true;
        return this;
    }

    /// <summary>What the reference page says where the value is null.</summary>
    public Field<TSection> Unset(string text)
    {
        UnsetText = text;
        return this;
    }

    /// <summary>Adds a rule between this key and others: a problem in one line, or null.</summary>
    public Field<TSection> Rule(Func<TSection, string?> problem)
    {
        _rules.Add(problem);
        return this;
    }

    internal override void Check(object section, YamlFields yaml)
    {
        foreach (var problem in _rules.Select(rule => rule((TSection)section)).OfType<string>())
            yaml.Problems.Add(yaml.LineOf(Key), problem);
    }

    /// <summary>A line of text.</summary>
    public static Field<TSection> Text(string key, string description, Func<TSection, object?> get,
        Func<TSection, string, TSection> set) =>
        new Field<TSection, string>(key, description, Scalars.Text, get, set);

    /// <summary>One of some names.</summary>
    public static Field<TSection> Name(string key, string description, Func<TSection, object?> get,
        Func<TSection, string, TSection> set, IEnumerable<string> names) =>
        OneOf(key, description, get, set, [.. names.Select(name => (name, name))]);

    /// <summary>One of some words, each of which stands for a value.</summary>
    public static Field<TSection> OneOf<TValue>(string key, string description, Func<TSection, object?> get,
        Func<TSection, TValue, TSection> set, params (string Word, TValue Value)[] words)
        where TValue : notnull =>
        new Field<TSection, TValue>(key, description, new Words<TValue>(words), get, set);

    /// <summary>true or false.</summary>
    public static Field<TSection> Bool(string key, string description, Func<TSection, object?> get,
        Func<TSection, bool, TSection> set) =>
        new Field<TSection, bool>(key, description, Scalars.Bool, get, set);

    /// <summary>A whole number in a range, both ends included.</summary>
    public static Field<TSection> Integer(string key, string description, Func<TSection, object?> get,
        Func<TSection, int, TSection> set, int min = 0, int max = int.MaxValue) =>
        new Field<TSection, int>(key, description, Scalars.Integer(min, max), get, set);

    /// <summary>A number in a range, both ends included.</summary>
    public static Field<TSection> Number(string key, string description, Func<TSection, object?> get,
        Func<TSection, double, TSection> set, double min = 0, double max = double.MaxValue) =>
        new Field<TSection, double>(key, description, Scalars.Number(min, max), get, set);

    /// <summary>Whole numbers with commas.</summary>
    public static Field<TSection> Integers(string key, string description, Func<TSection, object?> get,
        Func<TSection, IReadOnlyList<int>, TSection> set) =>
        new Field<TSection, IReadOnlyList<int>>(key, description, Scalars.Integers, get, set);

    /// <summary>Texts with commas.</summary>
    public static Field<TSection> Texts(string key, string description, Func<TSection, object?> get,
        Func<TSection, IReadOnlyList<string>, TSection> set) =>
        new Field<TSection, IReadOnlyList<string>>(key, description, Scalars.Texts, get, set);

    /// <summary>A section of its own.</summary>
    public static Field<TSection> Section<TValue>(string key, string description, Func<TSection, object?> get,
        Func<TSection, TValue, TSection> set, IReadOnlyList<Field> fields)
        where TValue : class, new() =>
        new Field<TSection, TValue>(key, description, new SectionFormat<TValue>(fields), get, set);

    /// <summary>A section whose key <c>kind</c> chooses the record.</summary>
    public static Field<TSection> Kind<TValue>(string key, string description, Func<TSection, object?> get,
        Func<TSection, TValue, TSection> set, Kinds<TValue> kinds)
        where TValue : class, IKind =>
        new Field<TSection, TValue>(key, description, new KindFormat<TValue>(kinds), get, set);
}

/// <summary>A field whose values have a format.</summary>
internal sealed class Field<TSection, TValue>(
    string key, string description, Format<TValue> format, Func<TSection, object?> get,
    Func<TSection, TValue, TSection> set)
    : Field<TSection>(key, description)
    where TSection : class
    where TValue : notnull
{
    internal override IReadOnlyList<IKind> Kinds => format.Kinds;

    internal override object Read(object section, YamlFields yaml)
    {
        if (yaml.Has(Key))
            return format.TryRead(yaml, Key, out var value) ? set((TSection)section, value) : section;
        if (IsRequired)
            yaml.Lacks(Key);
        return section;
    }

    internal override string? Write(object section) =>
        get((TSection)section) is TValue value ? format.Write(value) : null;

    internal override IEnumerable<FieldRow> Rows(object section, string prefix)
    {
        var standard = IsRequired ? "required" : Write(section) ?? UnsetText;
        return format.Rows(new FieldRow(prefix + Key, Description, format.Values, standard));
    }
}

/// <summary>A row of the reference page.</summary>
/// <param name="Key">With dots.</param>
/// <param name="Description">Meaning and unit.</param>
/// <param name="Values">What it may be.</param>
/// <param name="Default">What it is unless told.</param>
internal sealed record FieldRow(string Key, string Description, string Values, string Default);
