using Rhytid.Training.Schedules;

namespace Rhytid.Training.Tests.Schedules;

public sealed class ReduceOnPlateauTests
{
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
}
