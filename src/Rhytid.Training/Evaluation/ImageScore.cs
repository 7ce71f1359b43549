namespace Rhytid.Training.Evaluation;

/// <summary>Scores of one photo.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Counts">What was counted inside the scored region.</param>
/// <param name="Map">Values of <see cref="MapScore.All"/> in their order; empty where there is no map.</param>
public sealed record ImageScore(string Id, MaskCounts Counts, IReadOnlyList<double> Map);
