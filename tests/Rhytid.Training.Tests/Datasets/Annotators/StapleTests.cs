using FsCheck;
using FsCheck.Fluent;
using Rhytid.Imaging;
using Rhytid.Training.Datasets.Annotators;

namespace Rhytid.Training.Tests.Datasets.Annotators;

public class StapleTests
{
    private static readonly StapleOptions WholePicture = new() { MarginPixels = null };

    // Pixels by who of three marked them, bit 0 the first.
    private static readonly (uint Votes, long Pixels)[] Example =
    [
        (0b000, 500), (0b001, 12), (0b010, 7), (0b100, 20), (0b011, 9), (0b101, 14), (0b110, 6), (0b111, 40)
    ];

    [Fact]
    public void The_first_step_is_a_majority_vote()
    {
        var estimate = Staple.Estimate(Patterns(Example), annotators: 3, WholePicture with { MaxIterations = 1 });

        // By hand: at least two marked 69 pixels, of these the first marked 63; the start lies 0.00001 beside that.
        Assert.Equal(63.0 / 69, estimate.Sensitivity[0], 4);
        Assert.Equal(55.0 / 69, estimate.Sensitivity[1], 4);
        Assert.Equal(60.0 / 69, estimate.Sensitivity[2], 4);
        Assert.Equal(1 - (12.0 / 539), estimate.Specificity[0], 4);
        Assert.False(estimate.Converged);
    }

    [Fact]
    public void Golden_example_of_an_implementation_in_another_language()
    {
        var estimate = Staple.Estimate(Patterns(Example), annotators: 3, WholePicture with { Tolerance = 1e-13 });

        Assert.True(estimate.Converged);
        Assert.Equal(0.11896929824561403, estimate.Prior, 12);
        foreach (var (value, expected) in estimate.Sensitivity.Zip(
            [0.876854593375588, 0.74927649261403, 0.8218158393472897]))
            Assert.Equal(expected, value, 9);
        foreach (var (value, expected) in estimate.Specificity.Zip(
            [0.9819035372740124, 0.9884501747052774, 0.9648425149340778]))
            Assert.Equal(expected, value, 9);
        Assert.Equal(0.23459633328891488, estimate.ProbabilityOf(new VotePattern(0b111, 0b001)), 9);
        Assert.Equal(0.9625205373012841, estimate.ProbabilityOf(new VotePattern(0b111, 0b110)), 9);
    }

    [Fact]
    public void Who_adds_a_pixel_that_two_others_deny_is_less_specific()
    {
        // By hand: two agree in everything, so they are right; the third marks 1 of 6 background pixels.
        Mask?[] masks = [Masks.Of("11000000"), Masks.Of("11000000"), Masks.Of("11100000")];

        var estimate = Staple.Estimate(Staple.PatternsOf(masks, WholePicture), annotators: 3, WholePicture);

        Assert.Equal([1, 1, 1], estimate.Sensitivity.Select(value => Math.Round(value, 6)));
        Assert.Equal([1, 1, Math.Round(5.0 / 6, 6)], estimate.Specificity.Select(value => Math.Round(value, 6)));
        Assert.Equal(masks[0]!.Samples, estimate.MaskOf(masks).Samples);
        Assert.Equal([255, 255, 0, 0, 0, 0, 0, 0], estimate.ProbabilityMapOf(masks).Samples.ToArray());
    }

    [Fact]
    public void Annotators_of_a_simulation_are_found_out()
    {
        var truth = Masks.Random(400, 300, share: 0.2, seed: 1);
        double[] sensitivity = [0.9, 0.6, 0.75, 0.8];
        double[] specificity = [0.95, 0.99, 0.9, 0.97];
        Mask?[] masks =
        [
            .. sensitivity.Zip(specificity, (se, sp) => Masks.DrawnBy(se, sp, truth, seed: (int)(1000 * se)))
        ];

        var estimate = Staple.Estimate(Staple.PatternsOf(masks, WholePicture), annotators: 4, WholePicture);

        for (var j = 0; j < 4; j++)
        {
            Assert.InRange(estimate.Sensitivity[j], sensitivity[j] - 0.02, sensitivity[j] + 0.02);
            Assert.InRange(estimate.Specificity[j], specificity[j] - 0.02, specificity[j] + 0.02);
        }
        Assert.True(Wrong(estimate.MaskOf(masks), truth) <= Wrong(Votes.Majority(masks), truth));
    }

    [Fact]
    public void One_good_annotator_outvotes_two_bad_ones()
    {
        var truth = Masks.Random(300, 300, share: 0.3, seed: 2);
        Mask?[] masks =
        [
            Masks.DrawnBy(0.97, 0.98, truth, 3), Masks.DrawnBy(0.6, 0.7, truth, 4), Masks.DrawnBy(0.6, 0.7, truth, 5),
            Masks.DrawnBy(0.9, 0.95, truth, 6)
        ];

        var estimate = Staple.Estimate(Staple.PatternsOf(masks, WholePicture), annotators: 4, WholePicture);

        Assert.True(Wrong(estimate.MaskOf(masks), truth) < 0.7 * Wrong(Votes.Majority(masks, minVotes: 2), truth));
    }

    [Fact]
    public void Annotators_who_all_drew_the_same_give_the_same_mask() => Prop.ForAll(
        Gen.Choose(1, int.MaxValue).ToArbitrary(),
        seed =>
        {
            var mask = Masks.Random(12, 9, 0.3, seed);
            Mask?[] masks = [mask, mask, mask];
            return Staple.Estimate(Staple.PatternsOf(masks), 3).MaskOf(masks).Samples.SequenceEqual(mask.Samples);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_annotators_does_not_matter() => Prop.ForAll(
        Gen.Choose(1, int.MaxValue).ToArbitrary(),
        Gen.Choose(2, 5).ToArbitrary(),
        (seed, annotators) =>
        {
            List<Mask?> masks =
            [
                .. Enumerable.Range(0, annotators).Select(i => Masks.Random(12, 9, 0.2 + (0.1 * i), seed ^ i))
            ];
            int[] order = [.. Enumerable.Range(0, annotators)];
            new Random(seed).Shuffle(order);
            List<Mask?> other = [.. order.Select(j => masks[j])];
            var one = Staple.Estimate(Staple.PatternsOf(masks), annotators);
            var two = Staple.Estimate(Staple.PatternsOf(other), annotators);
            return one.MaskOf(masks).Samples.SequenceEqual(two.MaskOf(other).Samples)
                && order.Select(j => one.Sensitivity[j]).SequenceEqual(two.Sensitivity)
                && order.Select(j => one.Specificity[j]).SequenceEqual(two.Specificity);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_number_is_a_probability() => Prop.ForAll(
        Gen.Choose(1, int.MaxValue).ToArbitrary(),
        Gen.Choose(0, 100).ToArbitrary(),
        (seed, percent) =>
        {
            Mask?[] masks = [.. Enumerable.Range(0, 3).Select(i => Masks.Random(6, 5, percent / 100.0, seed ^ i))];
            var estimate = Staple.Estimate(Staple.PatternsOf(masks), 3);
            return masks.All(mask => mask!.Count() == 0)
                || estimate.Sensitivity.Concat(estimate.Specificity).All(value => value is >= 0 and <= 1);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Where_nobody_drew_anything_nothing_is_known()
    {
        Mask?[] masks = [new Mask(5, 4), new Mask(5, 4)];

        var estimate = Staple.Estimate(Staple.PatternsOf(masks), annotators: 2);

        Assert.All(estimate.Sensitivity.Concat(estimate.Specificity), value => Assert.True(double.IsNaN(value)));
        Assert.Equal(0, estimate.MaskOf(masks).Count());
        Assert.False(estimate.ProbabilityMapOf(masks).Samples.ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void Who_did_not_draw_the_photo_is_not_judged_and_changes_nothing()
    {
        Mask?[] masks = [Masks.Of("11001000"), Masks.Of("11000000"), Masks.Of("11100000")];
        List<Mask?> more = [masks[0], null, masks[1], masks[2]];

        var three = Staple.Estimate(Staple.PatternsOf(masks), 3);
        var four = Staple.Estimate(Staple.PatternsOf(more), 4);

        Assert.True(double.IsNaN(four.Sensitivity[1]));
        Assert.Equal(three.Sensitivity, [four.Sensitivity[0], four.Sensitivity[2], four.Sensitivity[3]]);
        Assert.Equal(three.MaskOf(masks).Samples, four.MaskOf(more).Samples);
    }

    [Fact]
    public void Far_background_counts_only_without_a_margin()
    {
        var mask = new Mask(101, 101);
        mask[50, 50] = true;

        long Pixels(int? margin) =>
            Staple.PatternsOf([mask, mask], new StapleOptions { MarginPixels = margin }).Counts.Values.Sum();

        Assert.Equal(1, Pixels(0));
        Assert.Equal(5, Pixels(1));
        Assert.Equal(317, Pixels(10));
        Assert.Equal(101 * 101, Pixels(null));
    }

    private static int Wrong(Mask mask, Mask truth) => mask.Except(truth).Count() + truth.Except(mask).Count();

    private static VotePatterns Patterns((uint Votes, long Pixels)[] pixels)
    {
        var patterns = new VotePatterns();
        foreach (var (votes, count) in pixels)
            patterns.Add(new VotePattern(0b111, votes), count);
        return patterns;
    }
}
