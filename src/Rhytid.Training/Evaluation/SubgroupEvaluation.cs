using Rhytid.Scores;
using Rhytid.Training.Datasets.Inspection;

namespace Rhytid.Training.Evaluation;

/// <summary>Scores by age group, sex, and race or ethnicity, and how far they are apart.</summary>
public sealed record SubgroupEvaluation
{
    /// <summary>Groups with fewer photos are shown but make no gap: their scores are chance.</summary>
    public const int SmallestGroup = 5;

    /// <summary>Groups that have a photo, in the order of attributes and bins.</summary>
    public required IReadOnlyList<Subgroup> Groups { get; init; }

    /// <summary>Ids of scored photos of whom the file says nothing.</summary>
    public required IReadOnlyList<string> Unknown { get; init; }

    /// <summary>Scores every group.</summary>
    /// <param name="evaluation">All photos.</param>
    /// <param name="people">Who is on them.</param>
    /// <param name="resamples">How many sets of photos the intervals draw; 0 for none.</param>
    /// <param name="seed">Of the draws.</param>
    public static SubgroupEvaluation Compute(
        MaskEvaluation evaluation, DemographicsFile people, int resamples = BootstrapInterval.DefaultResamples,
        int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(people);
        var groups = from attribute in people.Attributes
                     from bin in attribute.Bins
                     let part = evaluation.Where(image => people.BinOf(image.Id, attribute) == bin)
                     where part.Images.Count > 0
                     select new Subgroup(attribute.Name, bin, part.Images.Count, ScoreTable.Compute(part, resamples, seed));
        return new SubgroupEvaluation
        {
            Groups = [.. groups],
            Unknown =
            [
                .. evaluation.Images.Select(image => image.Id)
                    .Where(id => people.Attributes.All(attribute => people.BinOf(id, attribute) is null))
            ],
        };
    }

    /// <summary>The gap within each attribute that has two groups large enough, the largest first.</summary>
    /// <param name="scoreKey">Of which score.</param>
    /// <param name="value">By which average.</param>
    public IReadOnlyList<SubgroupGap> Gaps(string scoreKey, Func<ScoreRow, double> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return [.. Groups
            .Where(group => group.Images >= SmallestGroup)
            .GroupBy(group => group.Attribute)
            .Select(groups =>
            {
                var values =
                    groups.Select(group => (group.Bin, Value: value(group.Rows.Single(row => row.Key == scoreKey))))
                        .Where(group => !double.IsNaN(group.Value))
                        .ToList();
                if (values.Count < 2)
                    return null;
                var (best, worst) = (values.MaxBy(group => group.Value), values.MinBy(group => group.Value));
                return new SubgroupGap(groups.Key, best.Bin, worst.Bin, best.Value - worst.Value);
            }).OfType<SubgroupGap>().OrderByDescending(gap => gap.Difference)];
    }
}

/// <summary>Scores of the photos of one kind of people.</summary>
/// <param name="Attribute">Such as age.</param>
/// <param name="Bin">Such as 50-69.</param>
/// <param name="Images">How many photos.</param>
/// <param name="Rows">All scores, with their intervals.</param>
public sealed record Subgroup(string Attribute, string Bin, int Images, IReadOnlyList<ScoreRow> Rows);

/// <summary>How much better one group of people fares than another.</summary>
/// <param name="Attribute">Such as age.</param>
/// <param name="Best">The group with the highest score.</param>
/// <param name="Worst">The group with the lowest.</param>
/// <param name="Difference">Of their scores.</param>
public sealed record SubgroupGap(string Attribute, string Best, string Worst, double Difference);
