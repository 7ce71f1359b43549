namespace Rhytid.Training.Datasets.Inspection;

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
