namespace Rhytid.Torch.Nn;

/// <summary>Layers one after another.</summary>
public sealed class Sequential(ParameterPath path, params Layer[] layers) : Layer(path)
{
    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        var current = input;
        foreach (var layer in layers)
        {
            var next = layer.Forward(current);
            // What a layer has read is not needed again; waiting for the end of the scope would hold every step's
            // memory.
            if (!ReferenceEquals(next, current) && !ReferenceEquals(current, input))
                current.Dispose();
            current = next;
        }
        return current;
    }
}
