namespace Rhytid.Torch.Nn;

/// <summary>A part of a network: creates its parameters at a path and computes with them.</summary>
public abstract class Module
{
    private List<Tensor>? _own;

    /// <summary>Registers the module with its model.</summary>
    protected Module(ParameterPath path)
    {
        Path = path;
        path.Store.Register(this);
    }

    /// <summary>Where the module's parameters are.</summary>
    public ParameterPath Path { get; }

    /// <summary>Whether the model is training.</summary>
    protected bool IsTraining => Path.Store.IsTraining;

    /// <summary>
    /// Prepares for fast evaluation: layers convert their weights, blocks merge layers that follow each other. The
    /// model cannot be trained or saved afterwards. Called once for each module, in the order of making, by
    /// <see cref="ParameterStore.Optimize"/>.
    /// </summary>
    protected internal virtual void Optimize(InferenceOptions options)
    {
    }

    /// <summary>Keeps a tensor that is no parameter for as long as the model lives.</summary>
    protected Tensor Own(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        (_own ??= []).Add(tensor.Keep());
        return tensor;
    }

    internal void ReleaseOwn()
    {
        _own?.ForEach(tensor => tensor.Dispose());
        _own = null;
    }
}
