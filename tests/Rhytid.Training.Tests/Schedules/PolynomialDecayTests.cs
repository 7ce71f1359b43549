using Rhytid.Training.Schedules;
using static Rhytid.Training.Tests.Schedules.ScheduleCases;

namespace Rhytid.Training.Tests.Schedules;

public sealed class PolynomialDecayTests
{
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
}
