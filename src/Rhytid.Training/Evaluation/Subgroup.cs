namespace Rhytid.Training.Evaluation;

/// <summary>Scores of the photos of one kind of people.</summary>
/// <param name="Attribute">Such as age.</param>
/// <param name="Bin">Such as 50-69.</param>
/// <param name="Images">How many photos.</param>
/// <param name="Rows">All scores, with their intervals.</param>
public sealed record Subgroup(string Attribute, string Bin, int Images, IReadOnlyList<ScoreRow> Rows);
