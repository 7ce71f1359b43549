namespace Rhytid.Torch.Nn;

/// <summary>A module that makes one tensor of one.</summary>
public abstract class Layer : Module
{
    /// <inheritdoc/>
    protected Layer(ParameterPath path)
        : base(path)
    {
    }

    /// <summary>Computes the layer; what it made on the way is freed (gradients keep what they need).</summary>
    public Tensor Forward(Tensor input)
    {
        using var scope = TensorScope.Begin();
        return scope.MoveOut(Compute(input));
    }

    /// <summary>The computation itself.</summary>
    protected abstract Tensor Compute(Tensor input);
}
