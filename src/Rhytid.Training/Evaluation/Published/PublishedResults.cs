using System.Globalization;
using System.Reflection;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Evaluation.Published;

/// <summary>The tables of five publications, as printed.</summary>
public static class PublishedResults
{
    private const string TestSetsDiffer =
        "Different papers test on different photos; their tables cannot be compared with one another.";
    // The list that the authors of FFHQ-Wrinkle publish.
    private const int FfhqWrinkleTestPhotos = 100;

    private const string PeopleAgree =
        "Two annotators of FFHQ-Wrinkle agree with each other at a Jaccard of 0.29 on average, so 0.48 against a majority vote is above human pairwise agreement.";

    /// <summary>Scores that papers print, by the keys of <see cref="MaskScore"/>.</summary>
    public static IReadOnlyList<string> ScoreKeys { get; } =
    [
        MaskScore.JsiKey, "f1", "accuracy", "precision", "recall", "specificity"
    ];

    /// <summary>All papers.</summary>
    public static IReadOnlyList<PublishedPaper> All { get; } = Read();

    private static List<PublishedPaper> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("published-results.csv")!;
        using var reader = new StreamReader(stream);
        var table = CsvTable.Parse(reader.ReadToEnd());
        var rows = table.Rows.Select(row => table.Header.Zip(row.Cells).ToDictionary()).ToList();
        PublishedPaper Paper(string name, string title, params string[] notes) =>
            new(name, title, [
                .. rows.Where(row => row["source"] == name).Select(Result)
            ], [.. notes, TestSetsDiffer, PeopleAgree]);
        return
        [
            Paper("moon", "Moon, Chung and Jang 2024: weakly supervised pre-training with texture maps (FFHQ-Wrinkle)",
                "The numbers fit a mean over photos (or batches), except the WDS row of Table 3, which fits pooled pixels: it is not comparable with the rows beside it.",
                "Table 4 prints 17.263M beside a network of 4 channels: the cell is merged with the row above, the true count is 17,263,618. Likewise 17.264M beside the pre-trained network of 3 channels.") with { TestPhotos = FfhqWrinkleTestPhotos },
            Paper(
                "poster", "Moon, Moon and Jang, poster: texture maps against other pre-trainings and with fewer labels",
                "Only JSI is printed, so nothing tells how it was averaged; a mean over photos is assumed, as for Moon, Chung and Jang."),
            Paper("kim", "Kim, Lee, Rew and Hwang 2024: U-Net++ on masked faces, and losses",
                "The numbers fit a mean over photos, except BCE and Dice in Table 2: F1 0.6151 with JSI 0.4436 is more than any average allows (0.6146).",
                "The text says that its specificity is slightly below Sanchez (0.997) \"and Yap (0.9909)\", yet 0.9952 is above 0.9909."),
            Paper("bui", "Bui et al.: U-Net++ on masked faces",
                "The numbers fit a mean over photos."),
            Paper("sandu", "Sandu: attention U-Net with a pre-trained encoder",
                "The numbers fit pooled pixels.",
                "The text says Dice and F1 \"around 0.60\"; the table's 0.5087 is the one that fits its IoU. The table has \"Not reported\" for Kim's recall, although Kim et al. report a sensitivity of 0.6019."),
        ];
    }

    private static PublishedResult Result(Dictionary<string, string> row) => new(
        int.Parse(row["table"], CultureInfo.InvariantCulture),
            row["method"], row["input"], Number(row["train_fraction"]),
            ScoreKeys.Where(key => row[key].Length > 0).ToDictionary(key => key, key => Number(row[key])!.Value),
            Number(row["parameters_millions"]), row["average"]);

    private static double? Number(string text) =>
        text.Length == 0 ? null : double.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>A publication on wrinkle segmentation and its results.</summary>
/// <param name="Name">What commands call it.</param>
/// <param name="Title">Authors, year and what it is about.</param>
/// <param name="Results">All rows of its tables, in their order.</param>
/// <param name="Notes">What a reader of the tables must know.</param>
public sealed record PublishedPaper(
    string Name, string Title, IReadOnlyList<PublishedResult> Results, IReadOnlyList<string> Notes)
{
    /// <summary>How many photos the paper tests on; null where it does not publish which.</summary>
    public int? TestPhotos { get; init; }

    /// <summary>The average that the paper's numbers are to be compared with.</summary>
    public bool IsPooled => Results.Count(result => result.Average == "pooled") > Results.Count / 2;

    /// <summary>
    /// The scores that any of its tables has, in the order of <see cref="PublishedResults.ScoreKeys"/>.
    /// </summary>
    public IReadOnlyList<string> ScoreKeys =>
        [.. PublishedResults.ScoreKeys.Where(key => Results.Any(result => result.Scores.ContainsKey(key)))];
}

/// <summary>One row of a published table; a number is null where the paper prints none.</summary>
/// <param name="Table">The table's number in its paper.</param>
/// <param name="Method">Architecture and, after a slash, what it was pre-trained on; or the method's name.</param>
/// <param name="Input">What the network sees: RGB, or RGB and the texture map (T).</param>
/// <param name="TrainFraction">Share of the training photos; null where the paper does not vary it or nothing is
/// trained.</param>
/// <param name="Scores">By the keys of <see cref="MaskScore"/>.</param>
/// <param name="ParametersMillions">Size of the network as printed.</param>
/// <param name="Average">image, pooled, or unknown: what the numbers say about how they were averaged (the papers do
/// not).</param>
public sealed record PublishedResult(
    int Table, string Method, string Input, double? TrainFraction, IReadOnlyDictionary<string, double> Scores,
    double? ParametersMillions, string Average);
