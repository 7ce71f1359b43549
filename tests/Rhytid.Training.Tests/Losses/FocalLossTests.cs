using Rhytid.Torch;
using Rhytid.Training.Losses;

namespace Rhytid.Training.Tests.Losses;

public sealed class FocalLossTests
{
    // Probabilities of a half: 0.5^gamma ln 2, alpha on the wrinkle pixel and 1 - alpha elsewhere.
    [Theory]
    [InlineData(0.75, 2, false, (0.75 + (3 * 0.25)) / 4 * 0.25)]
    [InlineData(0.75, 2, true, (0.75 + (3 * 0.25)) * 0.25)]
    [InlineData(0.5, 0, false, 0.5)]
    [InlineData(1, 1, true, 0.5)]
    public void Alpha_weighs_wrinkles_and_gamma_what_is_right(double alpha, double gamma, bool sum, double times)
    {
        using var scope = TensorScope.Begin();
        var truth = Tensor.From([1f, 0, 0, 0], 1, 1, 2, 2);

        var loss = new FocalLoss(alpha, gamma, sum).Compute([Tensor.Zeros([1, 1, 2, 2])], new LossTarget(truth));

        Assert.Equal(times * Math.Log(2), loss.Total.ToDouble(), 1e-5);
    }
}
