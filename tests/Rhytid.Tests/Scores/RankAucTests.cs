using Rhytid.Imaging;
using Rhytid.Scores;

namespace Rhytid.Tests.Scores;

public class RankAucTests
{
    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 20)]
    [InlineData(3, 200)]
    [InlineData(4, 400)]
    [InlineData(5, 400)]
    public void Equals_a_look_at_every_pair_of_pixels_ties_included(int seed, int count)
    {
        var random = new Random(seed);
        // Few distinct scores, so that many are equal; the last seed has scores that are all different.
        var distinct = seed == 5 ? int.MaxValue : 10;
        var scores = Enumerable.Range(0, count).Select(_ => random.Next(distinct) / (float)distinct).ToArray();
        var truth = Enumerable.Range(0, count).Select(i => i == 0 || (i > 1 && random.Next(4) == 0)).ToArray();
        // The brute force: how often does a positive beat a negative?
        var (wins, pairs) = (0.0, 0L);
        for (var p = 0; p < count; p++)
        {
            for (var n = 0; n < count && truth[p]; n++)
            {
                if (truth[n])
                    continue;
                wins += scores[p] > scores[n] ? 1 : scores[p] == scores[n] ? 0.5 : 0;
                pairs++;
            }
        }

        Assert.Equal(wins / pairs, RankAuc.Of(scores, truth), 12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_histogram_differs_by_less_than_one_in_ten_thousand(int seed)
    {
        var random = new Random(seed);
        var (map, truth) = (new Plane<float>(200, 200), new Mask(200, 200));
        for (var i = 0; i < map.Samples.Length; i++)
        {
            truth.Samples[i] = random.Next(20) == 0 ? Mask.Set : (byte)0;
            map.Samples[i] = (float)Math.Pow(random.NextDouble(), truth.Samples[i] != 0 ? 1 : 3);
        }
        var exact = RankAuc.Of(map.Samples, [.. truth.Samples.ToArray().Select(sample => sample != 0)]);

        Assert.InRange(exact, 0.7, 0.9);
        Assert.InRange(ScoreHistogram.Compute(map, truth).Auc - exact, -1e-4, 1e-4);
    }

    [Fact]
    public void One_class_alone_has_no_curve_and_bad_input_is_refused()
    {
        Assert.True(double.IsNaN(RankAuc.Of([0.1f, 0.2f], [true, true])));
        Assert.True(double.IsNaN(RankAuc.Of([], [])));
        Assert.Throws<ArgumentException>(() => RankAuc.Of([0.1f], [true, false]));
        Assert.Throws<ArgumentException>(() => RankAuc.Of([0.1f, float.NaN], [true, false]));
    }
}
