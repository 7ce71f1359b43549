namespace Rhytid.Tests.Scores;

/// <summary>
/// The exact area under the ROC curve by ranks (Mann and Whitney), for inputs small enough to be sorted.
/// </summary>
internal static class RankAuc
{
    /// <summary>
    /// (sum of the positives' ranks - n+ (n+ + 1) / 2) / (n+ n-), equal scores sharing their mean rank.
    /// </summary>
    /// <param name="scores">One score for each sample; higher means more likely positive.</param>
    /// <param name="isPositive">The truth, in the same order.</param>
    /// <returns>0 to 1; NaN where one class is missing.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Of(ReadOnlySpan<float> scores, ReadOnlySpan<bool> isPositive)
    {
        if (scores.Length != isPositive.Length)
            throw new ArgumentException($"there are {scores.Length} scores and {isPositive.Length} truths");
        var (sorted, truth) = (scores.ToArray(), isPositive.ToArray());
        Array.Sort(sorted, truth);
        var (positives, rankSum) = (0L, 0.0);
        for (var start = 0; start < sorted.Length;)
        {
            var (end, positivesHere) = (start, 0);
            for (; end < sorted.Length && sorted[end] == sorted[start]; end++)
                positivesHere += truth[end] ? 1 : 0;
            // NaN equals nothing, itself included.
            if (end == start)
                throw new ArgumentException("a score is not a number", nameof(scores));
            rankSum += positivesHere * ((start + 1.0 + end) / 2);
            positives += positivesHere;
            start = end;
        }
        var negatives = sorted.Length - positives;
        return positives == 0 || negatives == 0
            ? double.NaN
            : (rankSum - (positives * (positives + 1.0) / 2)) / positives / negatives;
    }
}
