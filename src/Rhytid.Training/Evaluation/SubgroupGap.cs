namespace Rhytid.Training.Evaluation;

/// <summary>How much better one group of people fares than another.</summary>
/// <param name="Attribute">Such as age.</param>
/// <param name="Best">The group with the highest score.</param>
/// <param name="Worst">The group with the lowest.</param>
/// <param name="Difference">Of their scores.</param>
public sealed record SubgroupGap(string Attribute, string Best, string Worst, double Difference);
