namespace Rhytid.Torch.Nn;

/// <summary>Transposed 2-D convolution, here always for enlarging by its stride.</summary>
public sealed class ConvTranspose2d : Layer
{
    private readonly Size2 _stride;
    private readonly bool _tiles;
    private bool _shuffled;

    /// <summary>
    /// Creates weight (in, out, kernel, kernel) and, unless left out, bias (out), at PyTorch's starting values.
    /// </summary>
    public ConvTranspose2d(
        ParameterPath path, int inChannels, int outChannels, Size2 kernel, Size2 stride, bool bias = true)
        : base(path)
    {
        _stride = stride;
        _tiles = kernel == stride && kernel.Height == kernel.Width;
        Weight = path.Parameter("weight", Initializers.Default, inChannels, outChannels, kernel.Height, kernel.Width);
        if (bias)
            Bias = path.Parameter(
                "bias", Initializers.DefaultBias(outChannels * kernel.Height * kernel.Width), outChannels);
    }

    /// <summary>The kernel; after <see cref="ParameterStore.Optimize"/> in the form that evaluation uses.</summary>
    public Tensor Weight { get; private set; }

    /// <summary>Added to every output pixel, or null.</summary>
    public Tensor? Bias { get; private set; }

    /// <inheritdoc/>
    protected internal override void Optimize(InferenceOptions options)
    {
        using var scope = TensorScope.Begin();
        using var mode = Autograd.NoGrad();
        var (weight, bias) = (Weight.Detach(), Bias?.Detach());
        if (_tiles)
        {
            // Every input pixel makes a tile of its own: a 1x1 convolution to all the tile's values, put in place
            // afterwards. Unlike the operator, that keeps channels innermost, and knows bfloat16 on every processor.
            weight = weight.Permute(1, 2, 3, 0).Reshape(-1, weight.Size(0), 1, 1); // (out * kernel^2, in, 1, 1)
            bias = bias?.Unsqueeze(1).Expand(-1, _stride.Height * _stride.Width).Reshape(-1);
            weight = weight.Contiguous(options.ChannelsLast ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous);
            _shuffled = true;
        }
        Weight = Own(weight.To(options.Type));
        Bias = bias is null ? null : Own(bias.To(options.Type));
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => _shuffled
        ? input.Conv2d(Weight, Bias, stride: 1, padding: 0, dilation: 1).PixelShuffle((int)_stride.Height)
        : input.ConvTranspose2d(Weight, Bias, _stride);
}
