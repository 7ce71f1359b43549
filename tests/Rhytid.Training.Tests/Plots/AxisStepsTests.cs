using Rhytid.Training.Plots;

namespace Rhytid.Training.Tests.Plots;

public class AxisStepsTests
{
    [Theory]
    [InlineData(10, 5, 2)]
    [InlineData(11, 5, 5)]
    [InlineData(0.3, 3, 0.1)]
    [InlineData(7, 1, 10)]
    [InlineData(1500, 6, 500)]
    [InlineData(0, 5, 1)]
    public void Steps_are_round(double maximum, int most, double expected) =>
        Assert.Equal(expected, AxisSteps.For(maximum, most), 12);

    [Theory]
    [InlineData(0.6, 0.2, "0.6")]
    [InlineData(0.25, 0.05, "0.25")]
    [InlineData(15, 5, "15")]
    [InlineData(2, 0.5, "2.0")]
    public void Labels_have_the_digits_that_the_step_needs(double value, double step, string expected) =>
        Assert.Equal(expected, AxisSteps.Label(value, step));
}
