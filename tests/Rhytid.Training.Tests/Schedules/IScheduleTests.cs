using Rhytid.Training.Schedules;

namespace Rhytid.Training.Tests.Schedules;

public sealed class IScheduleTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, 0.6)]    // half of the way from 1 to 0.2
    [InlineData(10, 0.2)]
    [InlineData(15, 0.2)]
    public void Half_a_cosine_ends_at_the_minimum(int epoch, double rate) =>
        Assert.Equal(rate, new CosineDecay(10, 1, 0.2).LearningRate(epoch), 1e-12);

    [Fact]
    public void A_schedule_of_the_epoch_alone_has_no_state()
    {
        var schedule = new Constant(0.5);

        Assert.Equal(0.5, schedule.LearningRate(7, validationLoss: 3));
        Assert.Empty(schedule.State);
        Assert.Throws<ArgumentOutOfRangeException>(() => schedule.LearningRate(-1));
    }
}
