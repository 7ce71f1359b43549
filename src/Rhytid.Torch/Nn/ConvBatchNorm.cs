namespace Rhytid.Torch.Nn;

/// <summary>
/// Convolution, batch normalisation and, unless left out, ReLU: the step that most networks here are made of.
/// </summary>
/// <remarks>
/// In evaluation after <see cref="ParameterStore.Optimize"/> the normalisation is part of the convolution's kernel.
/// </remarks>
public sealed class ConvBatchNorm : Layer
{
    private readonly Conv2d _conv;
    private readonly BatchNorm2d _norm;
    private readonly bool _relu;
    private bool _folded;

    /// <summary>Creates both layers at their own paths, because checkpoints number or name them side by side.</summary>
    /// <param name="conv">Where the convolution's parameters are.</param>
    /// <param name="norm">Where the normalisation's parameters are.</param>
    /// <param name="inChannels">Channels read.</param>
    /// <param name="outChannels">Channels made.</param>
    /// <param name="kernel">Kernel size.</param>
    /// <param name="stride">Step.</param>
    /// <param name="padding">Zeros around the input; half the kernel unless given.</param>
    /// <param name="groups">Groups of channels that do not see each other.</param>
    /// <param name="bias">Whether the convolution has a bias of its own.</param>
    /// <param name="relu">Whether a ReLU follows.</param>
    /// <param name="initializer">The kernel's starting values; PyTorch's unless given.</param>
    public ConvBatchNorm(
        ParameterPath conv,
            ParameterPath norm, int inChannels, int outChannels, Size2 kernel, Size2? stride = null,
            Size2? padding = null,
            int groups = 1, bool bias = false, bool relu = true, Initializer? initializer = null)
        : base(conv)
    {
        _conv = new Conv2d(
            conv, inChannels, outChannels, kernel, stride, padding ?? new Size2(kernel.Height / 2, kernel.Width / 2),
            groups: groups, bias: bias, initializer: initializer);
        _norm = new BatchNorm2d(norm, outChannels);
        _relu = relu;
    }

    // Runs before the convolution's own Optimize, because it registered first: folding needs the full precision.
    /// <inheritdoc/>
    protected internal override void Optimize(InferenceOptions options)
    {
        _conv.Fold(_norm, _relu, options);
        _folded = true;
    }

    /// <summary>
    /// Computes the step on maps joined along their channels; a prepared layer does so without making the joined map.
    /// </summary>
    public Tensor ForwardJoined(params ReadOnlySpan<Tensor> inputs)
    {
        using var scope = TensorScope.Begin();
        return scope.MoveOut(Finish(_conv.ForwardJoined(inputs)));
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => Finish(_conv.Forward(input));

    private Tensor Finish(Tensor features)
    {
        if (_folded)
            return features;
        var normalized = _norm.Forward(features);
        return _relu ? normalized.Relu() : normalized;
    }
}
