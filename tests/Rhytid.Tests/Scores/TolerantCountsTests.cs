using FsCheck;
using FsCheck.Fluent;
using Rhytid.Imaging;
using Rhytid.Scores;

namespace Rhytid.Tests.Scores;

public class TolerantCountsTests
{
    private static readonly int[] Tolerances = [0, 1, 2, 3, 7];

    [Fact]
    public void A_line_drawn_one_pixel_lower_is_the_same_line_with_a_tolerance_of_one()
    {
        var a = new Mask(20, 10);
        var b = new Mask(20, 10);
        for (var x = 3; x < 17; x++)
            (a[x, 4], b[x, 5]) = (true, true);

        var counts = TolerantCounts.Count(a, b, [0, 1]);

        Assert.Equal(0, counts[0].F1);
        Assert.Equal(1, counts[1].F1);
    }

    [Fact]
    public void Distances_are_euclidean()
    {
        var a = new Mask(9, 9) { [4, 4] = true };
        var b = new Mask(9, 9) { [6, 6] = true };

        Assert.Equal([0L, 0, 0, 1, 1], TolerantCounts.Count(a, b, Tolerances).Select(counts => counts.PredictedNear));
    }

    [Fact]
    public void Counts_equal_those_of_a_look_at_every_pair_of_pixels() => Prop.ForAll(
        Gen.Choose(1, int.MaxValue).ToArbitrary(),
        Gen.Choose(0, 40).ToArbitrary(),
        (seed, percent) =>
        {
            var (a, b, scored) =
                (RandomMask(17, 11, percent, seed), RandomMask(17, 11, percent, seed ^ 1),
                    RandomMask(17, 11, 70, seed ^ 2));
            return TolerantCounts.Count(a, b, Tolerances)
                .SequenceEqual(Tolerances.Select(tolerance => BruteForce(a, b, tolerance)))
                && TolerantCounts.Count(a, b, Tolerances, scored)
                    .SequenceEqual(Tolerances.Select(tolerance => BruteForce(a.And(scored), b.And(scored), tolerance)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Without_tolerance_scores_are_the_plain_ones_and_tolerance_only_helps() => Prop.ForAll(
        Gen.Choose(1, int.MaxValue).ToArbitrary(),
        seed =>
        {
            var (a, b) = (RandomMask(17, 11, 15, seed), RandomMask(17, 11, 15, seed ^ 1));
            var tolerant = TolerantCounts.Count(a, b, Tolerances);
            var plain = ConfusionCounts.Count(a, b);
            return Math.Abs(tolerant[0].F1 - plain.F1) < 1e-12
                && tolerant.Zip(tolerant.Skip(1)).All(two => two.First.F1 <= two.Second.F1 + 1e-12);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Empty_masks()
    {
        var (empty, full) = (new Mask(3, 3), Mask.Full(3, 3));

        Assert.Equal(1, TolerantCounts.Count(empty, empty, [2])[0].F1);
        Assert.Equal(0, TolerantCounts.Count(empty, full, [2])[0].F1);
        Assert.Equal(0, TolerantCounts.Count(full, empty, [2])[0].F1);
        Assert.True(double.IsNaN(TolerantCounts.Count(full, empty, [2])[0].Recall));
    }

    [Fact]
    public void Counts_of_photos_add_up() =>
        Assert.Equal(
            new TolerantCounts(11, 22, 33, 44), new TolerantCounts(1, 2, 3, 4) + new TolerantCounts(10, 20, 30, 40));

    [Fact]
    public void Sizes_must_agree_and_tolerances_be_small()
    {
        Assert.Throws<ArgumentException>(() => TolerantCounts.Count(new Mask(2, 3), new Mask(3, 2), [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TolerantCounts.Count(new Mask(2, 2), new Mask(2, 2), [-1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TolerantCounts.Count(new Mask(2, 2), new Mask(2, 2), [101]));
    }

    private static TolerantCounts BruteForce(Mask predicted, Mask truth, int tolerance)
    {
        var (p, t) = (Pixels(predicted), Pixels(truth));
        bool Near((int X, int Y) a, (int X, int Y) b) =>
            ((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)) <= tolerance * tolerance;
        return new TolerantCounts(
            p.Count(a => t.Exists(b => Near(a, b))), p.Count, t.Count(a => p.Exists(b => Near(a, b))), t.Count);
    }

    private static List<(int X, int Y)> Pixels(Mask mask) =>
        [.. from y in Enumerable.Range(0, mask.Height)
            from x in Enumerable.Range(0, mask.Width)
            where mask[x, y]
            select (x, y)];

    private static Mask RandomMask(int width, int height, int percent, int seed)
    {
        var random = new Random(seed);
        var mask = new Mask(width, height);
        for (var i = 0; i < mask.Samples.Length; i++)
            mask.Samples[i] = random.Next(100) < percent ? Mask.Set : (byte)0;
        return mask;
    }
}
