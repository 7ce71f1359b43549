using Rhytid.Torch;
using Rhytid.Training.Losses;

namespace Rhytid.Training.Tests.Losses;

public sealed class L1LossTests
{
    // SimMIM: sum |x - y| m / (sum m + 1e-5) / 3.
    [Fact]
    public void Hidden_pixels_alone_make_the_absolute_error()
    {
        using var scope = TensorScope.Begin();
        var output = Tensor.From([1f, 2, 3, 4, 5, 6], 1, 3, 1, 2);
        var photo = Tensor.From([0f, 9, 5, 9, 1, 9], 1, 3, 1, 2);
        var loss = new L1Loss();

        var hidden = loss.Compute([output], new LossTarget(photo, Tensor.From([1f, 0], 1, 1, 1, 2)));

        Assert.Equal((1 + 2 + 4) / (1 + 1e-5) / 3, hidden.Total.ToDouble(), 1e-6);
        Assert.Equal("l1_loss", Assert.Single(hidden.Parts).Key);
        Assert.Equal(
            (1 + 7 + 2 + 5 + 4 + 3) / 6.0, loss.Compute([output], new LossTarget(photo)).Total.ToDouble(), 1e-6);
    }
}
