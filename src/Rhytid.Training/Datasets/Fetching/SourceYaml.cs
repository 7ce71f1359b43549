using Rhytid.Training.Yaml;
using YamlDotNet.RepresentationModel;

namespace Rhytid.Training.Datasets.Fetching;

/// <summary>Turns the YAML of sources into records.</summary>
internal sealed class SourceYaml
{
    private const long DefaultMaxBytes = 50_000_000;
    private const long DefaultContainerMaxBytes = 20_000_000_000;

    private static readonly string[] SetKeys = ["title", "homepage", "licence", "parts"];
    private static readonly string[] Ways = ["url", "archive", "index"];
    private static readonly string[] PartKeys = ["path", "url", "archive", "index", "note", "max-size", "sha256", "sha256-list"];
    private static readonly string[] ArchiveKeys = ["file", "url", "member", "sha256", "md5", "size", "max-size", "note"];
    private static readonly string[] IndexKeys = ["file", "url", "entry", "sha256", "md5", "size", "max-size", "note"];

    private readonly LineProblems _problems;
    private readonly string _folder;

    private SourceYaml(string path) =>
        (_problems, _folder) = (new LineProblems(path), Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".");

    public static SourceCatalog Read(string yaml, string path)
    {
        var reader = new SourceYaml(path);
        var root = YamlText.Root(yaml, reader._problems, "there is no set in it");
        DatasetException.ThrowIf(reader._problems.Summary);
        var catalog = reader.Catalog(root!);
        DatasetException.ThrowIf(reader._problems.Summary);
        return catalog;
    }

    private SourceCatalog Catalog(YamlNode root)
    {
        var file = new YamlFields(root, "the file", ["sets"], _problems);
        if (file.Node("sets") is not { } sets)
        {
            _problems.Add(file.Line, "the file lacks 'sets'");
            return new SourceCatalog([]);
        }
        return new SourceCatalog([.. new YamlFields(sets, "sets", known: null, _problems).All.Select(entry => Set(entry.Key, entry.Value))]);
    }

    private SourceSet Set(string name, YamlNode node)
    {
        var fields = new YamlFields(node, name, SetKeys, _problems);
        List<SourcePart> parts = [];
        if (fields.Node("parts") is { } list)
            parts.AddRange(new YamlFields(list, $"{name}: parts", known: null, _problems).All.Select(entry => Part(name, entry.Key, entry.Value)));
        if (parts.Count == 0)
            _problems.Add(fields.Line, $"{name} has no parts");
        return new SourceSet(name, fields.Required("title"), fields.Required("licence"), fields.Text("homepage"), parts);
    }

    private SourcePart Part(string set, string name, YamlNode node)
    {
        var where = $"{set}: {name}";
        var fields = new YamlFields(node, where, PartKeys, _problems);
        if (fields.Required("path") is "" && fields.Has("path"))
            _problems.Add(fields.LineOf("path"), $"{where}: 'path' is empty");
        var path = fields.Read("path", IdTemplate.Parse("missing"), FilePath);
        string[] ways = [.. Ways.Where(fields.Has)];
        if (ways.Length > 1)
            _problems.Add(fields.Line, $"{where} has {string.Join(" and ", ways)}; only one of them can be meant");
        if (ways.Length == 0 && !fields.Has("note"))
            _problems.Add(fields.Line, $"{where} needs url, archive or index, or a note that says how to get the files by hand");
        var url = fields.Read<IdTemplate?>("url", null, text => IdTemplate.Parse(Address(text).OriginalString));
        if (url is not null && url.HasId != path.HasId)
            _problems.Add(fields.LineOf("url"), $"{where}: 'url' and 'path' must both have a place for the id, or neither");
        return new SourcePart
        {
            Name = name,
            Path = path,
            Url = url,
            Archive = fields.Node("archive") is { } archive ? Archive($"{where}: archive", archive, path) : null,
            Index = fields.Node("index") is { } index ? Index($"{where}: index", index) : null,
            Note = fields.Text("note"),
            MaxBytes = fields.Read("max-size", DefaultMaxBytes, Size),
            Sha256 = Hashes(where, fields, path),
        };
    }

    private SourceArchive Archive(string where, YamlNode node, IdTemplate path)
    {
        var fields = new YamlFields(node, where, ArchiveKeys, _problems);
        return new SourceArchive(Container(where, fields), fields.Read("member", path, IdTemplate.Parse));
    }

    private SourceIndex Index(string where, YamlNode node)
    {
        var fields = new YamlFields(node, where, IndexKeys, _problems);
        return new SourceIndex(Container(where, fields), fields.Text("entry") ?? "image");
    }

    private SourceContainer Container(string where, YamlFields fields)
    {
        fields.Required("file");
        if (!fields.Has("url") && !fields.Has("note"))
            _problems.Add(fields.Line, $"{where} needs url, or a note that says how to get the file by hand");
        var checksum = new Checksum(
            fields.Read<string?>("sha256", null, text => HashList.Digits(text, 64)),
            fields.Read<string?>("md5", null, text => HashList.Digits(text, 32)),
            fields.Read<long?>("size", null, text => Size(text)));
        return new SourceContainer(
            fields.Read("file", "missing", text => FilePath(text).Text),
            fields.Read<Uri?>("url", null, Address),
            checksum,
            fields.Read("max-size", DefaultContainerMaxBytes, Size),
            fields.Text("note"));
    }

    // One hash for a single file, hashes by id, or a list as sha256sum writes it.
    private Dictionary<string, string> Hashes(string where, YamlFields fields, IdTemplate path)
    {
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        if (fields.Has("sha256-list") && fields.Text("sha256-list") is { } list)
        {
            try
            {
                hashes = HashList.Load(Path.Combine(_folder, list));
            }
            catch (DatasetException error)
            {
                _problems.Add(fields.LineOf("sha256-list"), $"{where}: {error.Message}");
            }
        }
        if (fields.Node("sha256") is not { } node)
            return hashes;
        if (!path.HasId)
        {
            if (fields.Read<string?>("sha256", null, text => HashList.Digits(text, 64)) is { } single)
                hashes[path.Text] = single;
            return hashes;
        }
        var byId = new YamlFields(node, $"{where}: sha256", known: null, _problems);
        foreach (var (id, _) in byId.All)
        {
            var hash = byId.Read<string?>(id, null, text => HashList.Digits(text, 64));
            if (hash is not null && byId.Read<string?>(id, null, _ => path.Expand(id)) is { } file)
                hashes[file] = hash;
        }
        return hashes;
    }

    private static long Size(string text) =>
        ByteSize.TryParse(text, out var bytes) ? bytes : throw new FormatException($"'{text}' is no size; write 20MB or 4096");

    private static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" && url.Host.Length > 0
            ? new Uri(text)
            : throw new FormatException($"'{text}' is no address; it must begin with https://");

    private static IdTemplate FilePath(string text)
    {
        var template = IdTemplate.Parse(text);
        if (Path.IsPathRooted(text) || template.Expand("0").IndexOfAny(['\\', ':']) >= 0 || text.Split('/').Any(piece => piece is "" or "." or ".."))
            throw new FormatException($"'{text}' must be a path below the output folder, with / between folders");
        return template;
    }
}
