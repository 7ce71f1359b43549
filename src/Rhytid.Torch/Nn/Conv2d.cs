namespace Rhytid.Torch.Nn;

/// <summary>2-D convolution with a learned kernel.</summary>
public sealed class Conv2d : Layer
{
    private readonly Size2 _stride;
    private readonly Size2 _padding;
    private readonly Size2 _dilation;
    private readonly int _groups;

    /// <summary>Creates weight (out, in / groups, kernel, kernel) and, unless left out, bias (out), at PyTorch's starting values.</summary>
    public Conv2d(
        ParameterPath path, int inChannels, int outChannels, Size2 kernel, Size2? stride = null, Size2 padding = default,
        Size2? dilation = null, int groups = 1, bool bias = true, Initializer? initializer = null, Initializer? biasInitializer = null)
        : base(path)
    {
        _stride = stride ?? 1;
        _padding = padding;
        _dilation = dilation ?? 1;
        _groups = groups;
        Weight = path.Parameter("weight", initializer ?? Initializers.Default, outChannels, inChannels / groups, kernel.Height, kernel.Width);
        if (bias)
            Bias = path.Parameter("bias", biasInitializer ?? Initializers.DefaultBias(inChannels / groups * kernel.Height * kernel.Width), outChannels);
    }

    /// <summary>The kernel.</summary>
    public Tensor Weight { get; private set; }

    /// <summary>Added to every output pixel, or null.</summary>
    public Tensor? Bias { get; private set; }

    /// <summary>Replaces the kernel by one that also does what a batch normalisation after it would do.</summary>
    internal void Fold(BatchNorm2d norm, InferenceOptions options)
    {
        using var scope = TensorScope.Begin();
        using var mode = Autograd.NoGrad();
        var (scale, shift) = norm.ScaleAndShift();
        var weight = Weight.Detach() * scale.Reshape(-1, 1, 1, 1);
        var bias = Bias is null ? shift : Bias.Detach() * scale + shift;
        Keep(weight, bias, options);
    }

    /// <inheritdoc/>
    protected internal override void Optimize(InferenceOptions options)
    {
        using var scope = TensorScope.Begin();
        using var mode = Autograd.NoGrad();
        Keep(Weight.Detach(), Bias?.Detach(), options);
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Conv2d(Weight, Bias, _stride, _padding, _dilation, _groups);

    private void Keep(Tensor weight, Tensor? bias, InferenceOptions options)
    {
        Weight = Own(weight.To(options.Type).Contiguous(options.ChannelsLast ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous));
        Bias = bias is null ? null : Own(bias.To(options.Type));
    }
}
