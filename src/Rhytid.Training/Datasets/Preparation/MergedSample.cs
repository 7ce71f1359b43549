using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Datasets.Preparation;

/// <summary>A sample of a merged set.</summary>
/// <param name="Id">What it is called there.</param>
/// <param name="Set">The set that it comes from.</param>
/// <param name="Sample">What it is there.</param>
public sealed record MergedSample(string Id, WrinkleDataset Set, WrinkleSample Sample);

/// <summary>A sample that was left out because an earlier set has its id.</summary>
/// <param name="Dropped">The sample that was left out.</param>
/// <param name="Kept">The one that was taken.</param>
/// <param name="IsSamePhoto">Whether both show the same photo; null where one of them has none that can be
/// read.</param>
public sealed record DuplicateSample(MergedSample Dropped, MergedSample Kept, bool? IsSamePhoto);
