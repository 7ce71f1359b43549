namespace Rhytid.Torch.Nn;

/// <summary>x W^T + b over the last dimension.</summary>
public sealed class Linear : Layer
{
    /// <summary>Creates weight (out, in) and, unless left out, bias (out).</summary>
    public Linear(
        ParameterPath path, int inFeatures, int outFeatures, bool bias = true, Initializer? initializer = null,
        Initializer? biasInitializer = null)
        : base(path)
    {
        Weight = path.Parameter("weight", initializer ?? Initializers.Default, outFeatures, inFeatures);
        if (bias)
            Bias = path.Parameter("bias", biasInitializer ?? Initializers.DefaultBias(inFeatures), outFeatures);
    }

    /// <summary>The matrix.</summary>
    public Tensor Weight { get; private set; }

    /// <summary>The offsets, or null.</summary>
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
    protected override Tensor Compute(Tensor input) => input.Linear(Weight, Bias);
}
