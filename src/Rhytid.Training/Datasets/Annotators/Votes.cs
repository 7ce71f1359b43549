using Rhytid.Imaging;

namespace Rhytid.Training.Datasets.Annotators;

/// <summary>Masks of several annotators made into one by counting votes.</summary>
public static class Votes
{
    /// <summary>The fewest votes that are a majority: more than half, so 2 of 3, 2 of 2 and 3 of 4.</summary>
    public static int MajorityOf(int annotators) => (annotators / 2) + 1;

    /// <summary>Keeps what enough annotators marked.</summary>
    /// <param name="masks">In the annotators' order; null for those who did not draw the picture, who have no
    /// vote.</param>
    /// <param name="minVotes">How many are enough; more than half of those who drew it unless given.</param>
    /// <exception cref="ArgumentOutOfRangeException">More votes are asked for than there are annotators.</exception>
    public static Mask Majority(IReadOnlyList<Mask?> masks, int? minVotes = null)
    {
        var annotators = masks.Count(mask => mask is not null);
        var enough = minVotes ?? MajorityOf(annotators);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(enough, nameof(minVotes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(enough, annotators, nameof(minVotes));
        return Mask.Where(
            new VoteMap(masks).Paint(pattern => pattern.VoteCount >= enough ? Mask.Set : (byte)0), level => level != 0);
    }

    /// <summary>
    /// The share of annotators who marked each pixel, 0 to 1 as grey levels: 255 k / n, rounded, half up.
    /// </summary>
    /// <param name="masks">In the annotators' order; null for those who did not draw the picture, who do not count in
    /// n.</param>
    public static Plane<byte> Soft(IReadOnlyList<Mask?> masks) => new VoteMap(masks).Paint(pattern =>
        (byte)(((2 * byte.MaxValue * pattern.VoteCount) + pattern.PresentCount) / (2 * pattern.PresentCount)));
}
