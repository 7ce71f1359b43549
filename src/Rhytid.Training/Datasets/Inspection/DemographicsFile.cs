using Rhytid.Training.Datasets.Sets;
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

/// <summary>One attribute of people: its bins, and how other sources call them.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Column">The column of the CSV file.</param>
/// <param name="Bins">In the table's order.</param>
/// <param name="Finer">Bins of other sources that are part of a bin here.</param>
public sealed record DemographicAttribute(
    string Name, string Column, IReadOnlyList<string> Bins, IReadOnlyDictionary<string, string> Finer)
{
    /// <summary>Age in the seven groups of Moon, Chung and Jang's Table 1; FFHQ-Aging's ten merge into them.</summary>
    public static DemographicAttribute Age { get; } = new(
        "age", "age_group", ["0-9", "10-19", "20-29", "30-39", "40-49", "50-69", "70+"], new Dictionary<string, string>
        {
            ["0-2"] = "0-9",
            ["3-6"] = "0-9",
            ["7-9"] = "0-9",
            ["10-14"] = "10-19",
            ["15-19"] = "10-19",
            ["70-120"] = "70+",
        });

    /// <summary>Sex as FFHQ-Aging has it.</summary>
    public static DemographicAttribute Sex { get; } = new(
        "sex", "gender", ["male", "female"], new Dictionary<string, string> { ["man"] = "male", ["woman"] = "female" });

    /// <summary>Race or ethnicity as DeepFace guesses it.</summary>
    public static DemographicAttribute Race { get; } = new("race or ethnicity", "race",
        ["White", "Asian", "Latino Hispanic", "Black", "Middle Eastern", "Indian"], new Dictionary<string, string>());

    /// <summary>All three, in the table's order.</summary>
    public static IReadOnlyList<DemographicAttribute> All { get; } = [Age, Sex, Race];

    /// <summary>The bin that a text means, whatever its capitals and underscores; null where it means none.</summary>
    public string? BinOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var plain = text.Replace('_', ' ').Trim().ToLowerInvariant();
        return Finer.GetValueOrDefault(plain)
            ?? Bins.FirstOrDefault(bin => bin.Equals(plain, StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>How many people of which kind there are.</summary>
public sealed record DemographicsTable
{
    /// <summary>How many were counted.</summary>
    public required int People { get; init; }

    /// <summary>
    /// By attribute's name, in the order of its bins. A sum below <see cref="People"/> means that some are unknown.
    /// </summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<int>> Counts { get; init; }

    /// <summary>Ids that were asked for and of whom nothing is known.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Table 1 of Moon, Chung and Jang (2024), manual masks: 1,000 people of FFHQ-Wrinkle.</summary>
    public static DemographicsTable PublishedManual { get; } = Published(
        1000, [66, 68, 233, 246, 186, 161, 40], [471, 529], [587, 210, 67, 81, 37, 18]);

    /// <summary>Table 1 of Moon, Chung and Jang (2024), weak masks: 50,000 people of FFHQ.</summary>
    public static DemographicsTable PublishedWeak { get; } = Published(
        50_000, [7030, 4448, 13804, 10960, 6931, 5550, 1277], [26929, 23071], [29728, 11121, 3895, 2383, 2053, 820]);

    private static DemographicsTable Published(int people, int[] age, int[] sex, int[] race) => new()
    {
        People = people,
        Counts = new Dictionary<string, IReadOnlyList<int>>
        {
            [DemographicAttribute.Age.Name] = age,
            [DemographicAttribute.Sex.Name] = sex,
            [DemographicAttribute.Race.Name] = race,
        },
    };
}
