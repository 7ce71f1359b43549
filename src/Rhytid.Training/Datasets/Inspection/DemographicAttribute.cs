namespace Rhytid.Training.Datasets.Inspection;

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
