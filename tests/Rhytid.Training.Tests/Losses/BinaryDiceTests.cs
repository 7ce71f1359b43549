using Rhytid.Torch;
using Rhytid.Training.Losses;

namespace Rhytid.Training.Tests.Losses;

public sealed class BinaryDiceTests
{
    // Probabilities of a half: one image of one wrinkle pixel of two, one of none.
    [Theory]
    [InlineData(false, Pooling.Image, 0.75)]        // 1 - (2 * 0.5 / 2 + 0 / 1) / 2
    [InlineData(false, Pooling.Batch, 2.0 / 3)]     // 1 - 2 * 0.5 / (2 + 1)
    [InlineData(true, Pooling.Image, 2.0 / 3)]      // 1 - (2 * 0.5 / 1.5 + 0 / 0.5) / 2
    [InlineData(true, Pooling.Batch, 0.5)]          // 1 - 2 * 0.5 / (1 + 1)
    public void Ratios_are_per_image_or_per_batch(bool squared, Pooling pooling, double expected)
    {
        using var scope = TensorScope.Begin();
        var truth = Tensor.From([1f, 0, 0, 0], 2, 1, 1, 2);

        var loss = new BinaryDice(squared, pooling).Compute([Tensor.Zeros([2, 1, 1, 2])], new LossTarget(truth));

        Assert.Equal(expected, loss.Total.ToDouble(), 1e-5);
        Assert.Equal("dice_loss", Assert.Single(loss.Parts).Key);
    }
}
