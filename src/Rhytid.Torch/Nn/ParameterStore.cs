namespace Rhytid.Torch.Nn;

/// <summary>
/// Every parameter and buffer of one model, by name and in the order of their making; and whether it is training.
/// </summary>
/// <remarks>
/// Layers create what they need through a <see cref="ParameterPath"/> and keep the tensors; the store keeps them alive.
/// Names are those of the public checkpoints.
/// </remarks>
public sealed class ParameterStore : IDisposable
{
    private readonly OrderedDictionary<string, StoredParameter> _entries = new(StringComparer.Ordinal);
    private readonly List<Module> _modules = [];
    private readonly bool _initialize;

    /// <summary>Creates an empty store.</summary>
    /// <param name="initialize">False leaves parameters unset, for models that are filled from a file next; large ones
    /// build faster.</param>
    public ParameterStore(bool initialize = true) => _initialize = initialize;

    /// <summary>Where a model's names begin.</summary>
    public ParameterPath Root => new(this, "");

    /// <summary>Whether layers behave as in training (batch statistics, dropout).</summary>
    public bool IsTraining { get; private set; }

    /// <summary>
    /// Whether batch normalisation keeps its statistics also in training, as it has them from earlier training: for
    /// batches too small to have statistics of their own.
    /// </summary>
    public bool FreezesBatchNorm { get; set; }

    /// <summary>Whether <see cref="Optimize"/> was called: the model can only be evaluated.</summary>
    public bool IsOptimized { get; private set; }

    /// <summary>All entries in the order of their making.</summary>
    public IReadOnlyCollection<StoredParameter> Entries => _entries.Values;

    /// <summary>The entries that training changes.</summary>
    public IEnumerable<StoredParameter> Parameters => _entries.Values.Where(entry => !entry.IsBuffer);

    /// <summary>Number of trained values.</summary>
    /// <param name="leafOnly">Leave out what hangs on a module that has modules of its own, as layer-wise counting
    /// tools do.</param>
    public long CountParameters(bool leafOnly = false) =>
        Parameters.Where(entry => !leafOnly || IsOnLeaf(entry)).Sum(entry => entry.Tensor.Count);

    /// <summary>Finds an entry by its name, or null.</summary>
    public StoredParameter? Find(string name) => _entries.GetValueOrDefault(name);

    /// <summary>Switches to training.</summary>
    /// <exception cref="InvalidOperationException">The model was prepared for evaluation.</exception>
    public void Train()
    {
        if (IsOptimized)
            throw new InvalidOperationException("a model that was prepared for evaluation cannot be trained");
        IsTraining = true;
    }

    /// <summary>Switches to evaluation.</summary>
    public void Eval() => IsTraining = false;

    /// <summary>
    /// Prepares every module for fast evaluation: weights converted, normalisations folded into convolutions.
    /// </summary>
    /// <remarks>
    /// Comes after <see cref="To"/>. The entries keep their values, but the modules no longer use them.
    /// </remarks>
    /// <exception cref="InvalidOperationException">It was done before.</exception>
    public void Optimize(InferenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (IsOptimized)
            throw new InvalidOperationException("the model was prepared for evaluation before");
        Eval();
        IsOptimized = true;
        foreach (var module in _modules)
            module.Optimize(options);
    }

    /// <summary>Moves everything to a device.</summary>
    /// <exception cref="InvalidOperationException">The model was prepared for evaluation, on the device where it
    /// is.</exception>
    public void To(Device device)
    {
        if (IsOptimized)
            throw new InvalidOperationException("a model moves to its device before it is prepared for evaluation");
        Replace(tensor => tensor.To(device));
    }

    /// <summary>Sets all gradients to none.</summary>
    public void ZeroGrad()
    {
        foreach (var entry in Parameters)
            entry.Tensor.Grad = null;
    }

    /// <summary>Frees every tensor.</summary>
    public void Dispose()
    {
        foreach (var entry in _entries.Values)
            entry.Tensor.Dispose();
        _entries.Clear();
        foreach (var module in _modules)
            module.ReleaseOwn();
        _modules.Clear();
    }

    internal void Register(Module module) => _modules.Add(module);

    internal Tensor Add(string name, long[] shape, Initializer initializer, bool isBuffer, DType type)
    {
        var tensor = Tensor.Empty(shape, type).Keep();
        if (_initialize || isBuffer)
        {
            using var _ = Autograd.NoGrad();
            initializer(tensor);
        }
        return Add(name, tensor, isBuffer);
    }

    internal Tensor Add(string name, Tensor tensor, bool isBuffer)
    {
        if (!_entries.TryAdd(name, new StoredParameter(name, tensor.Keep(), isBuffer)))
            throw new InvalidOperationException($"two parameters are called {name}");
        if (!isBuffer)
            tensor.RequiresGrad = true;
        return tensor;
    }

    // Leaf modules have no parameter below a deeper name.
    private bool IsOnLeaf(StoredParameter entry)
    {
        var owner = entry.Name[..(entry.Name.LastIndexOf('.') + 1)];
        return !_entries.Keys.Any(
            name => name.StartsWith(owner, StringComparison.Ordinal) && name.IndexOf('.', owner.Length) >= 0);
    }

    private void Replace(Func<Tensor, Tensor> convert)
    {
        using var _ = Autograd.NoGrad();
        foreach (var entry in _entries.Values)
        {
            using var scope = TensorScope.Begin();
            entry.Tensor.SetData(convert(entry.Tensor));
        }
    }
}

/// <summary>A named tensor of a model.</summary>
/// <param name="Name">Its key in checkpoints.</param>
/// <param name="Tensor">Its values.</param>
/// <param name="IsBuffer">True for what training does not change by gradients: running statistics, index
/// tables.</param>
public sealed record StoredParameter(string Name, Tensor Tensor, bool IsBuffer);
