using Rhytid.Training.Yaml;

namespace Rhytid.Training.Fields;

/// <summary>A record that a file chooses by its id, with keys of its own.</summary>
public interface IKind
{
    /// <summary>What files call it.</summary>
    string Id { get; }

    /// <summary>One line for the reference page.</summary>
    string Description { get; }

    /// <summary>Its keys.</summary>
    IReadOnlyList<Field> Fields => [];
}

/// <summary>The table of all kinds of one thing, each with its defaults; the first is the default.</summary>
/// <typeparam name="T">The thing: a loss, a schedule.</typeparam>
public sealed class Kinds<T>
    where T : class, IKind
{
    /// <summary>The table.</summary>
    /// <param name="all">One of each kind.</param>
    public Kinds(params T[] all)
    {
        ArgumentNullException.ThrowIfNull(all);
        All = all;
        Fields = [.. all.SelectMany(kind => kind.Fields).DistinctBy(field => field.Key)];
    }

    /// <summary>One of each kind, with its defaults.</summary>
    public IReadOnlyList<T> All { get; }

    /// <summary>The kind that is taken where none is named.</summary>
    public T Default => All[0];

    // One field for each key of any kind.
    internal IReadOnlyList<Field> Fields { get; }

    /// <summary>The kind of an id, with its defaults.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public T Get(string id) => All.FirstOrDefault(kind => kind.Id == id) ?? throw new ArgumentException(
        $"there is no '{id}'; there are: {string.Join(", ", All.Select(kind => kind.Id))}", nameof(id));

    /// <summary>
    /// Reads the keys of a kind. Those of other kinds may stand beside them, as they do in resolved copies of earlier
    /// versions: they are checked and have no effect.
    /// </summary>
    internal T Read(T kind, YamlFields yaml)
    {
        var own = kind.Fields.Select(field => field.Key).ToHashSet();
        foreach (var other in All)
            Section.Read(other, yaml, other.Fields.Where(field => !own.Contains(field.Key) && Fields.Contains(field)));
        return Section.Read(kind, yaml, kind.Fields);
    }
}

/// <summary>The format of a section whose key <c>kind</c> chooses the record.</summary>
internal sealed class KindFormat<T>(Kinds<T> kinds) : Format<T>
    where T : class, IKind
{
    private const string KindKey = "kind";

    private readonly Words<T> _ids = new([.. kinds.All.Select(kind => (kind.Id, kind))]);

    public override string Values => _ids.Values;

    public override IReadOnlyList<IKind> Kinds => kinds.All;

    public override bool TryRead(YamlFields yaml, string key, out T value)
    {
        var section = yaml.Mapping(key, [KindKey, .. kinds.Fields.Select(field => field.Key)]);
        value = section.Has(KindKey) && _ids.TryRead(section, KindKey, out var chosen) ? chosen : kinds.Default;
        value = kinds.Read(value, section);
        return true;
    }

    public override string Write(T value) =>
        Section.Flow(Section.Write(value, value.Fields).Prepend((KindKey, value.Id)));

    public override IEnumerable<FieldRow> Rows(FieldRow own) =>
        [own with { Key = $"{own.Key}.{KindKey}", Default = kinds.Default.Id }, .. KindRows.Create(kinds, own.Key + ".")];
}

/// <summary>Rows of the reference page for the keys of kinds; those that several kinds share stand once.</summary>
internal static class KindRows
{
    public static IEnumerable<FieldRow> Create<T>(Kinds<T> kinds, string prefix)
        where T : class, IKind =>
        kinds.All
            .SelectMany(
                kind => kind.Fields.SelectMany(field => field.Rows(kind, prefix)), (kind, row) => (kind.Id, row))
            .GroupBy(pair => pair.row, pair => pair.Id)
            .Select(group => group.Count() == kinds.All.Count
                ? group.Key
                : group.Key with { Description = $"{string.Join(", ", group)}: {group.Key.Description}" });
}
