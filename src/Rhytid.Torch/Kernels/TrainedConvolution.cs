using Rhytid.Inference.Kernels;
using Rhytid.Torch.Native;

namespace Rhytid.Torch.Kernels;

/// <summary>
/// 3x3 convolution with stride 1 and padding 1 that is being trained: forward and both gradients by Winograd's minimal
/// filtering.
/// </summary>
internal static class TrainedConvolution
{
    /// <summary>Whether gradients are recorded, and the maps are in single precision on the processor.</summary>
    public static bool Suits(ReadOnlySpan<Tensor> inputs, Tensor weight)
    {
        if (!TorchRuntime.FastConvolutions || Autograd.Modes != AutogradModes.Recording || !IsPlain(weight))
            return false;
        foreach (var input in inputs)
            if (!IsPlain(input))
                return false;
        return TensorWinograd.CanJoin(inputs);
    }

    /// <summary>Convolves maps joined along their channels; the result has a history.</summary>
    /// <param name="inputs">Each (N, c, H, W) with c a multiple of 16.</param>
    /// <param name="weight">(out, in, 3, 3), out a multiple of 16.</param>
    /// <param name="bias">(out), or null.</param>
    /// <returns>(N, out, H, W), channels-last.</returns>
    public static Tensor Run(ReadOnlySpan<Tensor> inputs, Tensor weight, Tensor? bias)
    {
        using var scope = TensorScope.Begin();
        Tensor result;
        using (Autograd.NoGrad())
            result = new TensorWinograd(weight, bias, relu: false).Run(inputs, TensorScope.Cancellation);
        return scope.MoveOut(
            OutsideFunction.Record(
                result, bias is null ? [weight, .. inputs] : [weight, .. inputs, bias],
                bias is null ? Backward : BackwardWithBias));
    }

    private static Tensor?[] Backward(Tensor gradient, Tensor[] tensors, ReadOnlySpan<bool> wanted)
    {
        var weight = tensors[0];
        var results = new Tensor?[tensors.Length];
        if (wanted[0])
            results[0] = new WinogradGradient(VectorKernels.OfThisProcessor).Run(
                tensors.AsSpan(1), gradient, TensorScope.Cancellation);
        if (!wanted[1..].Contains(true))
            return results;
        // The gradient with respect to the input is a convolution too, with the kernel turned and its channels
        // exchanged.
        var turned = weight.Transpose(0, 1).Flip(2, 3);
        var joined = new TensorWinograd(turned, bias: null, relu: false).Run(gradient, TensorScope.Cancellation);
        long before = 0;
        for (var i = 1; i < tensors.Length; i++)
        {
            var channels = tensors[i].Size(1);
            if (wanted[i])
                results[i] = joined.Narrow(1, before, channels);
            before += channels;
        }
        return results;
    }

    private static Tensor?[] BackwardWithBias(Tensor gradient, Tensor[] tensors, ReadOnlySpan<bool> wanted) =>
        [.. Backward(gradient, tensors[..^1], wanted[..^1]), wanted[^1] ? gradient.Sum([0, 2, 3]) : null];

    private static bool IsPlain(Tensor tensor) => tensor.DType == DType.Float32 && !tensor.Device.IsCuda;
}
