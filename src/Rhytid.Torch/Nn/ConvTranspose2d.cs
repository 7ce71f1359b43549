namespace Rhytid.Torch.Nn;

/// <summary>Transposed 2-D convolution, here always for enlarging by its stride.</summary>
public sealed class ConvTranspose2d : Layer
{
    private readonly Size2 _stride;

    /// <summary>Creates weight (in, out, kernel, kernel) and, unless left out, bias (out), at PyTorch's starting values.</summary>
    public ConvTranspose2d(ParameterPath path, int inChannels, int outChannels, Size2 kernel, Size2 stride, bool bias = true)
        : base(path)
    {
        _stride = stride;
        Weight = path.Parameter("weight", Initializers.Default, inChannels, outChannels, kernel.Height, kernel.Width);
        if (bias)
            Bias = path.Parameter("bias", Initializers.DefaultBias(outChannels * kernel.Height * kernel.Width), outChannels);
    }

    /// <summary>The kernel.</summary>
    public Tensor Weight { get; private set; }

    /// <summary>Added to every output pixel, or null.</summary>
    public Tensor? Bias { get; private set; }

    /// <inheritdoc/>
    protected internal override void Optimize(InferenceOptions options)
    {
        using var scope = TensorScope.Begin();
        using var mode = Autograd.NoGrad();
        Weight = Own(Weight.Detach().To(options.Type));
        Bias = Bias is null ? null : Own(Bias.Detach().To(options.Type));
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.ConvTranspose2d(Weight, Bias, _stride);
}
