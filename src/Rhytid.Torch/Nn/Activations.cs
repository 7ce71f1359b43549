namespace Rhytid.Torch.Nn;

/// <summary>max(x, 0).</summary>
public sealed class Relu(ParameterPath path) : Layer(path)
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Relu();
}

/// <summary>x where positive, else a small slope times x.</summary>
public sealed class LeakyRelu(ParameterPath path, double slope = 0.01) : Layer(path)
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.LeakyRelu(slope);
}

/// <summary>x Phi(x), by the exact error function.</summary>
public sealed class Gelu(ParameterPath path) : Layer(path)
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Gelu();
}

/// <summary>Sets elements to zero with some probability, in training only.</summary>
public sealed class Dropout(ParameterPath path, double probability = 0.5) : Layer(path)
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input) => input.Dropout(probability, IsTraining);
}
