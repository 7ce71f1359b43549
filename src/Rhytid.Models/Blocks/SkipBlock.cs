using Rhytid.Torch;
using Rhytid.Torch.Nn;

namespace Rhytid.Models;

/// <summary>
/// One step up over a residual encoder: double by the nearest pixel, join with the skips, then two 3x3 convolutions.
/// </summary>
/// <remarks>Keys: <c>conv1.{0,1}, conv2.{0,1}</c> (convolution, normalisation).</remarks>
internal sealed class SkipBlock(ParameterPath path, int inChannels, int skipChannels, int outChannels) : Module(path)
{
    private readonly ConvBatchNorm _first = Convolution(path / "conv1", inChannels + skipChannels, outChannels);
    private readonly ConvBatchNorm _second = Convolution(path / "conv2", outChannels, outChannels);

    /// <param name="features">(N, in, h, w): deeper and coarser.</param>
    /// <param name="skips">Maps of (2h, 2w) with as many channels together as the skips have; none at the end.</param>
    /// <returns>(N, out, 2h, 2w).</returns>
    public Tensor Forward(Tensor features, params IReadOnlyList<Tensor> skips)
    {
        using var scope = TensorScope.Begin();
        var upsampled = features.Upsample(2, InterpolationMode.Nearest);
        return scope.MoveOut(_second.Forward(_first.ForwardJoined([upsampled, .. skips])));
    }

    private static ConvBatchNorm Convolution(ParameterPath path, int inChannels, int outChannels) =>
        new(path / 0, path / 1, inChannels, outChannels, kernel: 3, initializer: Initializers.KaimingUniform);
}
