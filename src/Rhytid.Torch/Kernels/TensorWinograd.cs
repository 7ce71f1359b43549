using Rhytid.Inference.Convolutions;
using Rhytid.Inference.Kernels;

namespace Rhytid.Torch.Kernels;

/// <summary><see cref="WinogradConvolution"/> of tensors.</summary>
internal sealed unsafe class TensorWinograd
{
    private readonly WinogradConvolution _convolution;

    /// <summary>Transforms a kernel once.</summary>
    /// <param name="weight">(out, in, 3, 3), both channels multiples of 16.</param>
    /// <param name="bias">(out), or null.</param>
    /// <param name="relu">Whether negative results become 0.</param>
    /// <param name="kernels">Unless given, those of this processor.</param>
    public TensorWinograd(Tensor weight, Tensor? bias, bool relu, VectorKernels? kernels = null)
    {
        var (inChannels, outChannels) = ((int)weight.Size(1), (int)weight.Size(0));
        using var scope = TensorScope.Begin();
        Weights = scope.MoveOut(Tensor.Empty([WinogradConvolution.PackedLength(inChannels, outChannels)]));
        var kernel = weight.Contiguous();
        _convolution = new WinogradConvolution(
            TensorMaps.Pointer(kernel), bias is null ? new float[outChannels] : bias.ToArray<float>(), relu, inChannels,
            TensorMaps.Pointer(Weights), TorchRuntime.Threads, kernels);
    }

    /// <summary>
    /// The transformed kernel; belongs to the scope that the convolution was made in, unless its owner keeps it.
    /// </summary>
    public Tensor Weights { get; }

    /// <summary>Whether maps can be joined on the way: their channels are multiples of 16.</summary>
    public static bool CanJoin(ReadOnlySpan<Tensor> inputs)
    {
        foreach (var input in inputs)
            if (input.Size(1) % WinogradConvolution.ChannelGroup != 0)
                return false;
        return true;
    }

    /// <summary>Convolves.</summary>
    /// <param name="input">(N, in, H, W), Float32 on the processor; any memory order, channels-last without a
    /// copy.</param>
    /// <param name="cancellation">Looked at before every block of tiles.</param>
    /// <returns>(N, out, H, W), channels-last.</returns>
    public Tensor Run(Tensor input, CancellationToken cancellation) => Run([input], cancellation);

    /// <summary>Convolves maps joined along their channels, without making the joined map.</summary>
    /// <param name="inputs">Each (N, c, H, W) with c a multiple of 16.</param>
    /// <param name="cancellation">Looked at before every block of tiles.</param>
    /// <returns>(N, out, H, W), channels-last.</returns>
    public Tensor Run(ReadOnlySpan<Tensor> inputs, CancellationToken cancellation)
    {
        using var scope = TensorScope.Begin(cancellation);
        var maps = TensorMaps.Read(inputs);
        var result = Tensor.Empty([maps[0].Images, maps[0].Height, maps[0].Width, _convolution.OutChannels]);
        _convolution.Run(new JoinedMaps(maps), TensorMaps.Pixels(result), TorchRuntime.Threads, cancellation);
        return scope.MoveOut(result.Permute(0, 3, 1, 2));
    }
}
