using Rhytid.Training.Schedules;
using static Rhytid.Training.Tests.Schedules.ScheduleCases;

namespace Rhytid.Training.Tests.Schedules;

public sealed class CosineRestartsTests
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
}
