using Rhytid.Training.Schedules;

namespace Rhytid.Training.Tests.Schedules;

public sealed class ScheduleTests
{
    // The formula's values.
    [Theory]
    [InlineData(0, 1e-3)]
    [InlineData(1, 9.997532801828658e-4)]
    [InlineData(50, 5e-4)]
    [InlineData(99, 2.467198e-7)]
    [InlineData(100, 1e-3)]
    [InlineData(200, 5e-4)]
    [InlineData(299, 6.168376e-8)]
    public void Moon_stage1(int epoch, double rate) => Close(rate, new CosineRestarts(100, 1e-3).LearningRate(epoch));

    [Theory]
    [InlineData(0, 1e-4)]
    [InlineData(1, 9.990133642141359e-5)]
    [InlineData(25, 5e-5)]
    [InlineData(49, 9.866358e-8)]
    [InlineData(50, 9e-5)]
    [InlineData(51, 8.997779521645793e-5)]
    [InlineData(100, 4.5e-5)]
    [InlineData(149, 2.220478e-8)]
    public void Moon_stage2_unet(int epoch, double rate) =>
        Close(rate, new CosineRestarts(50, 1e-4, decay: 0.9).LearningRate(epoch));

    [Theory]
    [InlineData(99, 2.467198e-8)]
    [InlineData(100, 9e-5)]
    [InlineData(200, 4.5e-5)]
    public void Moon_stage2_swin(int epoch, double rate) =>
        Close(rate, new CosineRestarts(100, 1e-4, decay: 0.9).LearningRate(epoch));

    // By hand: patience 2 forgives two epochs, the third lowers; an improvement below one in ten thousand is none.
    [Fact]
    public void Plateau_lowers_after_patience()
    {
        var schedule = new ReduceOnPlateau(1e-4, patience: 2, factor: 0.5, minimum: 3e-5);
        double?[] losses = [null, 1.0, 0.9, 0.89999, 0.95, 0.91, 0.92, 0.93, 0.94, 0.5];

        var rates = losses.Select((loss, epoch) => schedule.LearningRate(epoch, loss)).ToList();

        Assert.Equal([1e-4, 1e-4, 1e-4, 1e-4, 1e-4, 5e-5, 5e-5, 5e-5, 3e-5, 3e-5], rates);
    }

    [Fact]
    public void Plateau_goes_on_where_it_was()
    {
        var (whole, first, second) = (new ReduceOnPlateau(1, 1), new ReduceOnPlateau(1, 1), new ReduceOnPlateau(1, 1));
        double[] losses = [1, 1, 1, 1, 0.5, 0.5, 0.5];
        var expected = losses.Select((loss, epoch) => whole.LearningRate(epoch, loss)).ToList();

        var rates = losses[..3].Select((loss, epoch) => first.LearningRate(epoch, loss)).ToList();
        second.Restore(first.State);
        rates.AddRange(losses[3..].Select((loss, epoch) => second.LearningRate(3 + epoch, loss)));

        Assert.Equal(expected, rates);
    }

    // BiSeNet's recipe: 1e-5 grows to 1e-2 over 1,000 iterations; then (1 - it / 80,000) ^ 0.9.
    [Fact]
    public void Warm_up_and_polynomial_decay()
    {
        var schedule = new PolynomialDecay(80_000, 1e-2, warmUp: 1000);

        Close(1e-5, schedule.LearningRate(0));
        Close(1e-2 * Math.Sqrt(1e-3), schedule.LearningRate(500));
        Close(1e-2 * Math.Pow(0.5, 0.9), schedule.LearningRate(40_000));
        Assert.Equal(0, schedule.LearningRate(80_000));
    }

    private static void Close(double expected, double actual) => Assert.InRange(actual / expected, 1 - 1e-6, 1 + 1e-6);
}
