using FsCheck;
using FsCheck.Fluent;
using Rhytid.Imaging;
using Rhytid.Training.Datasets.Annotators;

namespace Rhytid.Training.Tests.Datasets.Annotators;

public class VotesTests
{
    // All eight ways in which three annotators can vote, one a column.
    private static readonly Mask[] ThreeAnnotators = [Masks.Of("01010101"), Masks.Of("00110011"), Masks.Of("00001111")];

    [Fact]
    public void Truth_table_of_two_of_three() =>
        Assert.Equal(Masks.Of("00010111").Samples, Votes.Majority(ThreeAnnotators).Samples);

    [Theory]
    [InlineData(1, "01111111")]
    [InlineData(2, "00010111")]
    [InlineData(3, "00000001")]
    public void The_fewest_votes_can_be_chosen(int minVotes, string expected) =>
        Assert.Equal(Masks.Of(expected).Samples, Votes.Majority(ThreeAnnotators, minVotes).Samples);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(5, 3)]
    public void A_majority_is_more_than_half(int annotators, int votes) =>
        Assert.Equal(votes, Votes.MajorityOf(annotators));

    [Fact]
    public void Soft_labels_are_the_share_of_votes() =>
        Assert.Equal([0, 85, 85, 170, 85, 170, 170, 255], Votes.Soft(ThreeAnnotators).Samples.ToArray());

    [Fact]
    public void A_soft_half_rounds_up_and_so_counts_as_wrinkle_where_levels_are_cut() =>
        Assert.Equal([0, 128, 255], Votes.Soft([Masks.Of("001"), Masks.Of("011")]).Samples.ToArray());

    [Fact]
    public void Who_did_not_draw_the_photo_has_no_vote()
    {
        Assert.Equal(Masks.Of("0001").Samples, Votes.Majority([Masks.Of("0101"), null, Masks.Of("0011")]).Samples);
        Assert.Equal([0, 128, 128, 255], Votes.Soft([Masks.Of("0101"), null, Masks.Of("0011")]).Samples.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Votes.Majority([Masks.Of("01"), null, Masks.Of("01")], minVotes: 3));
    }

    [Fact]
    public void Masks_of_different_sizes_and_too_many_masks_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Votes.Majority([Masks.Of("01"), Masks.Of("011")]));
        Assert.Throws<ArgumentException>(() => Votes.Majority([.. Enumerable.Repeat(Masks.Of("01"), 33)]));
        Assert.Throws<ArgumentException>(() => Votes.Soft([null, null]));
    }

    [Fact]
    public void The_order_of_annotators_does_not_matter() => Prop.ForAll(
        Gen.Choose(1, int.MaxValue).ToArbitrary(),
        seed =>
        {
            Mask?[] masks = [.. Enumerable.Range(0, 5).Select(i => Masks.Random(9, 7, 0.4, seed ^ i))];
            var other = masks.Reverse().ToArray();
            return Votes.Majority(masks).Samples.SequenceEqual(Votes.Majority(other).Samples)
                && Votes.Soft(masks).Samples.SequenceEqual(Votes.Soft(other).Samples);
        }).QuickCheckThrowOnFailure();
}
