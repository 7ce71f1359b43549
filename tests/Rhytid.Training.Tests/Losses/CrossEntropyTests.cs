using Rhytid.Torch;
using Rhytid.Training.Losses;

namespace Rhytid.Training.Tests.Losses;

public sealed class CrossEntropyTests
{
    // Logits of 0 cost ln 2 each; three times as much on the wrinkle pixel.
    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(3, 2.0)]
    public void Wrinkle_pixels_have_their_own_weight(double weight, double times)
    {
        using var scope = TensorScope.Begin();
        var truth = Tensor.From([1f, 0], 1, 1, 1, 2);

        var loss = new CrossEntropy(weight).Compute([Tensor.Zeros([1, 1, 1, 2])], new LossTarget(truth));

        Assert.Equal(times * Math.Log(2), loss.Total.ToDouble(), 1e-6);
    }
}
