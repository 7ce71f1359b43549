namespace Rhytid.Torch.Nn;

/// <summary>Normalises over the last dimension, with a learned factor and offset per feature.</summary>
public sealed class LayerNorm : Layer
{
    private readonly long[] _shape;

    /// <summary>Creates weight and bias (features).</summary>
    public LayerNorm(ParameterPath path, int features)
        : base(path)
    {
        _shape = [features];
        Weight = path.Parameter("weight", Initializers.Ones, features);
        Bias = path.Parameter("bias", Initializers.Zeros, features);
    }

    /// <summary>Factor per feature.</summary>
    public Tensor Weight { get; private set; }

    /// <summary>Offset per feature.</summary>
    public Tensor Bias { get; private set; }

    /// <inheritdoc/>
    protected internal override void Optimize(InferenceOptions options)
    {
        using var scope = TensorScope.Begin();
        using var mode = Autograd.NoGrad();
        Weight = Own(Weight.Detach().To(options.Type));
        Bias = Own(Bias.Detach().To(options.Type));
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.LayerNorm(_shape, Weight, Bias);
}
