using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;
using Rhytid.Training.Yaml;

namespace Rhytid.Training.Datasets.Inspection;

/// <summary>
/// A CSV file <c>id,age_group,gender,race</c>; columns in any order, others are ignored, attributes may be absent.
/// </summary>
public sealed class DemographicsFile
{
    // FFHQ-Aging's name for it.
    private static readonly string[] IdColumns = ["id", "image_number"];

    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _people;

    private DemographicsFile(
        IReadOnlyList<DemographicAttribute> attributes, Dictionary<string, IReadOnlyDictionary<string, string>> people)
    {
        (Attributes, _people) = (attributes, people);
    }

    /// <summary>The attributes that the file has.</summary>
    public IReadOnlyList<DemographicAttribute> Attributes { get; }

    /// <summary>All ids, in the file's order.</summary>
    public IReadOnlyCollection<string> Ids => _people.Keys;

    /// <summary>Reads a file.</summary>
    /// <exception cref="DatasetException">It cannot be read; or it has unknown values, all of which are
    /// named.</exception>
    public static DemographicsFile Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var table = CsvTable.Parse(ReadText(path));
        var header = table.Header.Select(name => name.ToLowerInvariant()).ToList();
        var idColumn = header.FindIndex(IdColumns.Contains);
        var attributes = DemographicAttribute.All.Where(attribute => header.Contains(attribute.Column)).ToList();
        if (idColumn < 0 || attributes.Count == 0)
            throw new DatasetException(
                $"{path}: the first line must name the columns id and one or more of {string.Join(", ", DemographicAttribute.All.Select(attribute => attribute.Column))}");

        var problems = new LineProblems(path);
        var people = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var (line, fields) in table.Rows)
        {
            if (fields.Count != header.Count)
            {
                problems.Add(line, $"has {fields.Count} fields, the first line {header.Count}");
                continue;
            }
            var bins = new Dictionary<string, string>();
            foreach (var attribute in attributes)
            {
                var text = fields[header.IndexOf(attribute.Column)];
                if (attribute.BinOf(text) is { } bin)
                    bins[attribute.Name] = bin;
                else if (text.Length > 0)
                    problems.Add(
                        line,
                        $"{attribute.Column} '{text}' is unknown; use one of: {string.Join(", ", attribute.Bins.Concat(attribute.Finer.Keys))}");
            }
            if (!people.TryAdd(IdOf(fields[idColumn]), bins))
                problems.Add(line, $"id {IdOf(fields[idColumn])} comes twice");
        }
        DatasetException.ThrowIf(problems.Summary);
        return people.Count > 0
            ? new DemographicsFile(attributes, people)
            : throw new DatasetException($"{path}: there is nobody in it");
    }

    /// <summary>Counts people.</summary>
    /// <param name="ids">Who; everybody unless given.</param>
    public DemographicsTable Count(IEnumerable<string>? ids = null)
    {
        List<string> asked = [.. (ids ?? Ids).Select(IdOf).Distinct()];
        var found = asked.Where(_people.ContainsKey).Select(id => _people[id]).ToList();
        return new DemographicsTable
        {
            People = found.Count,
            Missing = [.. asked.Where(id => !_people.ContainsKey(id))],
            Counts = Attributes.ToDictionary(attribute => attribute.Name, attribute => (IReadOnlyList<int>)
                [.. attribute.Bins.Select(
                    bin => found.Count(person => person.GetValueOrDefault(attribute.Name) == bin))]),
        };
    }

    /// <summary>The bin of a person; null where the file does not say.</summary>
    public string? BinOf(string id, DemographicAttribute attribute)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(attribute);
        return _people.TryGetValue(IdOf(id), out var bins) ? bins.GetValueOrDefault(attribute.Name) : null;
    }

    // FFHQ-Aging writes 12 where files are called 00012.
    private static string IdOf(string id) => DatasetLayouts.FfhqWrinkle.Normalize(id);

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DatasetException($"{path}: there is no such file", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(
                $"{path}: {(Directory.Exists(path) ? "this is a folder, not a CSV file" : error.Message)}", error);
        }
    }
}
