using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>The last 3x3 convolution over a residual encoder's decoder: features to logits.</summary>
internal sealed class SegmentationHead(ParameterPath path, int inChannels, int outChannels) : Layer(path)
{
    private readonly Conv2d _conv = new(
        path / 0, inChannels, outChannels, kernel: 3, padding: 1,
        initializer: Initializers.XavierUniform, biasInitializer: Initializers.Zeros);

    /// <param name="input">(N, in, H, W).</param>
    /// <returns>(N, out, H, W).</returns>
    protected override Tensor Compute(Tensor input) => _conv.Forward(input);
}
