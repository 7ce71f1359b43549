using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Rhytid.Training.Yaml;

/// <summary>
/// The fields of one YAML mapping; what is missing, unknown or of another kind becomes a problem with its line.
/// </summary>
internal sealed class YamlFields
{
    private readonly Dictionary<string, YamlNode> _fields = new(StringComparer.Ordinal);
    private readonly LineProblems _problems;
    private readonly string _where;

    /// <param name="node">A mapping; anything else is a problem and has no fields.</param>
    /// <param name="where">The mapping's name in messages.</param>
    /// <param name="known">The keys it may have; null where they are names.</param>
    /// <param name="problems">Collects what is wrong.</param>
    public YamlFields(YamlNode node, string where, IReadOnlyCollection<string>? known, LineProblems problems)
    {
        (_where, _problems, Line) = (where, problems, node.Start.Line);
        if (node is not YamlMappingNode mapping)
        {
            problems.Add(Line, $"{where} must hold keys and values");
            return;
        }
        foreach (var (key, value) in mapping.Children)
        {
            if (key is not YamlScalarNode { Value: { } name })
                problems.Add(key.Start.Line, $"{where} has a key that is no text");
            else if (known is not null && !known.Contains(name))
                problems.AddUnknownKey(LineOf(key),
                    $"{where} has no key '{name}'; it may have: {string.Join(", ", known)}{Spelling.Hint(name, known)}");
            else
                _fields[name] = value;
        }
    }

    public long Line { get; }

    public IEnumerable<KeyValuePair<string, YamlNode>> All => _fields;

    public bool Has(string key) => _fields.ContainsKey(key);

    /// <summary>Where problems of this mapping are collected.</summary>
    public LineProblems Problems => _problems;

    public long LineOf(string key) => _fields.TryGetValue(key, out var node) ? LineOf(node) : Line;

    /// <summary>The mapping under a key.</summary>
    public YamlFields Mapping(string key, IReadOnlyCollection<string> known) =>
        new(_fields[key], key, known, _problems);

    /// <summary>Adds a problem of a key's value.</summary>
    public void Reject(string key, string message) => _problems.Add(LineOf(key), $"{_where}: {message}");

    public YamlNode? Node(string key) => _fields.GetValueOrDefault(key);

    public string Required(string key)
    {
        if (!Has(key))
            Lacks(key);
        return Text(key) ?? "";
    }

    /// <summary>Adds the problem that a key is not there.</summary>
    public void Lacks(string key) => _problems.Add(Line, $"{_where} lacks '{key}'");

    public string? Text(string key)
    {
        if (!_fields.TryGetValue(key, out var node))
            return null;
        if (node is YamlScalarNode { Value: { Length: > 0 } value })
            return value.Trim();
        Reject(key, $"'{key}' must be a text");
        return null;
    }

    /// <summary>
    /// A field that is read from a text, or the fallback; a <see cref="FormatException"/> becomes a problem.
    /// </summary>
    public T Read<T>(string key, T fallback, Func<string, T> parse)
    {
        if (Text(key) is not { } text)
            return fallback;
        try
        {
            return parse(text);
        }
        catch (FormatException error)
        {
            Reject(key, error.Message);
            return fallback;
        }
    }

    // A value that no file holds, but the program made (--set), ends where it begins.
    private static long LineOf(YamlNode node) => node is YamlScalarNode && node.End.Index == 0 ? 0 : node.Start.Line;
}

/// <summary>Texts that are YAML.</summary>
internal static class YamlText
{
    // Nodes are built by recursion, which a file of brackets alone would drive over the end of the stack.
    private const int DeepestNesting = 64;

    /// <summary>The root of the one document, or null after telling why there is none.</summary>
    public static YamlNode? Root(string yaml, LineProblems problems, string empty)
    {
        try
        {
            if (NestsTooDeep(yaml) is { } line)
            {
                problems.Add(line, $"more than {DeepestNesting} levels inside one another are not read");
                return null;
            }
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            if (stream.Documents.Count == 1)
                return stream.Documents[0].RootNode;
            problems.Add(1, empty);
        }
        catch (YamlException error)
        {
            problems.Add(error.Start.Line, $"this is not YAML: {error.Message.ReplaceLineEndings(" ")}");
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            // The reader's answers to some control characters, braces that never close, and an alias behind a closed one.
            problems.Add(0, "this is not YAML: it breaks off, or holds characters that no text has");
        }
        return null;
    }

    private static long? NestsTooDeep(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        for (var depth = 0; parser.MoveNext();)
            if ((depth += parser.Current!.NestingIncrease) > DeepestNesting)
                return parser.Current.Start.Line;
        return null;
    }
}
