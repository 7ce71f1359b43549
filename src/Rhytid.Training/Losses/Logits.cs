using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Training.Losses;

/// <summary>
/// One logit and two logits (background, wrinkle) say the same: the logit of one is the difference of the other two.
/// </summary>
internal static class Logits
{
    /// <summary>(N, 1, H, W): the logit of wrinkle.</summary>
    public static Tensor Wrinkle(Tensor output) => output.Shape[1] switch
    {
        1 => output,
        2 => output.Narrow(1, 1, 1) - output.Narrow(1, 0, 1),
        var channels =>
            throw new ArgumentException(
                $"a wrinkle loss needs 1 or 2 logits, the network gives {channels}", nameof(output)),
    };

    /// <summary>(N, 1, H, W): log(1 + exp(x)) without overflow.</summary>
    public static Tensor Softplus(Tensor x) => x.Relu() + ((-x.Abs()).Exp() + 1).Log();
}
