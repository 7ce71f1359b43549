using Rhytid.Torch;
using Rhytid.Training.Losses;

namespace Rhytid.Training.Tests.Losses;

public sealed class SoftDiceTests
{
    // Probabilities of a half; wrinkle in one of two pixels of the first image and in none of the second. By batch:
    // wrinkle 2 * 0.5 / (2 + 1), background 2 * 1.5 / (2 + 3). By image: (0.5 + 0) / 2 and (0.5 + 2 / 3) / 2.
    [Theory]
    [InlineData(Pooling.Batch, 1 - (((1.0 / 3) + 0.6) / 2))]
    [InlineData(Pooling.Image, 1 - ((0.25 + (7.0 / 12)) / 2))]
    public void Background_is_a_class_too(Pooling pooling, double expected)
    {
        using var scope = TensorScope.Begin();
        var truth = Tensor.From([1f, 0, 0, 0], 2, 1, 1, 2);

        var loss = new SoftDice(pooling).Compute([Tensor.Zeros([2, 2, 1, 2])], new LossTarget(truth));

        Assert.Equal(expected, loss.Total.ToDouble(), 1e-5);
    }
}
