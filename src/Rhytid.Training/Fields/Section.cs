using Rhytid.Training.Yaml;

namespace Rhytid.Training.Fields;

/// <summary>A mapping of keys that is a record.</summary>
internal static class Section
{
    /// <summary>The record with all values that are there.</summary>
    public static T Read<T>(T start, YamlFields yaml, IEnumerable<Field> fields)
        where T : class =>
        fields.Aggregate(start, (section, field) => (T)field.Read(section, yaml));

    /// <summary>Every value that is set, with its key.</summary>
    public static IEnumerable<(string Key, string Value)> Write(object section, IEnumerable<Field> fields) =>
        fields.Select(field => (field.Key, Value: field.Write(section)!)).Where(entry => entry.Value is not null);

    /// <summary>A mapping in one line.</summary>
    public static string Flow(IEnumerable<(string Key, string Value)> entries) =>
        $"{{{string.Join(", ", entries.Select(entry => $"{entry.Key}: {entry.Value}"))}}}";
}

/// <summary>The format of a section within a section.</summary>
internal sealed class SectionFormat<T>(IReadOnlyList<Field> fields) : Format<T>
    where T : class, new()
{
    public override string Values => "a mapping";

    public override bool TryRead(YamlFields yaml, string key, out T value)
    {
        value = Section.Read(new T(), yaml.Mapping(key, [.. fields.Select(field => field.Key)]), fields);
        return true;
    }

    public override string Write(T value) => Section.Flow(Section.Write(value, fields));

    public override IEnumerable<FieldRow> Rows(FieldRow own)
    {
        var rows = fields.SelectMany(field => field.Rows(new T(), own.Key + "."));
        return own.Default.StartsWith('{') ? rows : rows.Prepend(own);
    }
}
