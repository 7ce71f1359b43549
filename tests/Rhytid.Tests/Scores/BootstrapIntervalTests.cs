using Rhytid.Scores;

namespace Rhytid.Tests.Scores;

public class BootstrapIntervalTests
{
    [Fact]
    public void The_interval_of_a_mean_is_that_of_the_textbook()
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, 400).Select(_ => random.NextDouble()).ToArray();
        var mean = values.Average();
        var error = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Length / values.Length);

        var interval =
            BootstrapInterval.Compute(values.Length, drawn => [drawn.Average(i => values[i])], seed: 7, resamples: 4000)[0];

        Assert.InRange(interval.Low, mean - (2.1 * error), mean - (1.8 * error));
        Assert.InRange(interval.High, mean + (1.8 * error), mean + (2.1 * error));
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval()
    {
        double[] values = [0.1, 0.5, 0.2, 0.9, 0.4];
        IReadOnlyList<double> Score(IReadOnlyList<int> drawn) =>
            [drawn.Average(i => values[i]), drawn.Max(i => values[i])];

        Assert.Equal(BootstrapInterval.Compute(5, Score, seed: 3), BootstrapInterval.Compute(5, Score, seed: 3));
        Assert.NotEqual(BootstrapInterval.Compute(5, Score, seed: 3), BootstrapInterval.Compute(5, Score, seed: 4));
    }

    [Fact]
    public void Undefined_values_do_not_count()
    {
        var intervals = BootstrapInterval.Compute(
            2, drawn => [drawn[0] == 0 ? double.NaN : 5, double.NaN], seed: 1, resamples: 50);

        Assert.Equal(new BootstrapInterval(5, 5), intervals[0]);
        Assert.True(double.IsNaN(intervals[1].Low) && double.IsNaN(intervals[1].High));
    }

    [Fact]
    public void Wrong_numbers_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BootstrapInterval.Compute(0, _ => [], seed: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => BootstrapInterval.Compute(1, _ => [], seed: 1, resamples: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => BootstrapInterval.Compute(1, _ => [], seed: 1, level: 1));
    }
}
