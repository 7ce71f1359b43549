using Rhytid.Torch;
using Rhytid.Training.Losses;

namespace Rhytid.Training.Tests.Losses;

public sealed class LogitsTests
{
    [Fact]
    public void Two_logits_are_one_and_more_are_refused()
    {
        using var scope = TensorScope.Begin();
        var one = Tensor.From([1f, -2], 1, 1, 1, 2);

        Assert.Same(one, Logits.Wrinkle(one));
        Assert.Equal([2f, -5], Logits.Wrinkle(Tensor.From([1f, 2, 3, -3], 1, 2, 1, 2)).ToArray<float>());
        Assert.Contains(
            "the network gives 3", Assert.Throws<ArgumentException>(
                () => Logits.Wrinkle(Tensor.Zeros([1, 3, 1, 2]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Softplus_does_not_overflow()
    {
        using var scope = TensorScope.Begin();

        var values = Logits.Softplus(Tensor.From([-1000f, 0, 1, 1000], 1, 1, 1, 4)).ToArray<float>();

        Assert.Equal([0, Math.Log(2), Math.Log(1 + Math.E), 1000], values.Select(value => (double)value),
            (a, b) => Math.Abs(a - b) < 1e-5);
    }
}
