using Rhytid.Torch;
using Rhytid.Training.Losses;

namespace Rhytid.Training.Tests.Losses;

public sealed class MeanSquaredErrorTests
{
    // (1 + 9 + 4) / 3 over the pixels that count, (1 + 9 + 4 + 16) / 4 over all.
    [Fact]
    public void Squares_are_averaged_over_the_pixels_that_count()
    {
        using var scope = TensorScope.Begin();
        var output = Tensor.From([1f, 3, -2, 4], 1, 1, 2, 2);
        var target = Tensor.Zeros([1, 1, 2, 2]);
        var loss = new MeanSquaredError();

        Assert.Equal(7.5, loss.Compute([output], new LossTarget(target)).Total.ToDouble(), 1e-6);
        Assert.Equal(
            14.0 / 3,
            loss.Compute([output], new LossTarget(target, Tensor.From([1f, 1, 1, 0], 1, 1, 2, 2))).Total.ToDouble(),
            1e-5);
        Assert.Equal(TargetKind.Values, loss.Targets);
    }
}
