using Rhytid.Torch.Nn;

namespace Rhytid.Torch.Optim;

/// <summary>
/// Changes parameters by their gradients. All parameters of a group are updated by a handful of operators, not one by
/// one.
/// </summary>
public abstract class Optimizer : IDisposable
{
    private readonly List<ParameterGroup> _groups;

    /// <summary>For the given groups.</summary>
    /// <exception cref="ArgumentException">There are no parameters, or one is in two groups.</exception>
    protected Optimizer(IEnumerable<ParameterGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        _groups = [.. groups];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var parameter in _groups.SelectMany(group => group.Parameters))
            if (!seen.Add(parameter.Name))
                throw new ArgumentException($"{parameter.Name} is in two groups", nameof(groups));
        if (seen.Count == 0)
            throw new ArgumentException("there is nothing to optimize", nameof(groups));
    }

    /// <summary>The groups; their rates may be changed between steps, as schedules do.</summary>
    public IReadOnlyList<ParameterGroup> Groups => _groups;

    /// <summary>
    /// Steps taken; saved with the state, in which each parameter's own steps are counted where they matter.
    /// </summary>
    public long Steps { get; private set; }

    /// <summary>What the optimizer remembers between steps, by "name/kind", for checkpoints.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> State =>
        _groups.SelectMany(group => group.State).Select(entry => KeyValuePair.Create(entry.Key, entry.Value));

    /// <summary>Changes every parameter that has a gradient.</summary>
    public void Step()
    {
        using var scope = TensorScope.Begin();
        using var mode = Autograd.NoGrad();
        Steps++;
        foreach (var group in _groups)
        {
            var parameters = new List<StoredParameter>();
            var gradients = new List<Tensor>();
            foreach (var parameter in group.Parameters)
            {
                if (!parameter.Tensor.RequiresGrad || parameter.Tensor.Grad is not { } gradient)
                    continue;
                parameters.Add(parameter);
                gradients.Add(gradient);
            }
            if (parameters.Count > 0)
                Update(group, parameters, [.. gradients]);
        }
    }

    /// <summary>Sets every gradient to none.</summary>
    public void ZeroGrad()
    {
        foreach (var parameter in _groups.SelectMany(group => group.Parameters))
            parameter.Tensor.Grad = null;
    }

    /// <summary>Scales all gradients down together where their joint length exceeds a limit.</summary>
    /// <returns>The length before.</returns>
    public double ClipGradients(double maxNorm)
    {
        using var scope = TensorScope.Begin();
        using var mode = Autograd.NoGrad();
        Tensor[] gradients =
        [
            .. _groups.SelectMany(group => group.Parameters).Select(parameter => parameter.Tensor.Grad).OfType<Tensor>()
        ];
        if (gradients.Length == 0)
            return 0;
        var norms = Ops.ForeachNorm.CallMany(gradients, 2.0);
        var norm = Tensor.Stack([.. norms.OfType<Tensor>()]).Pow(2).Sum().Sqrt().ToDouble();
        if (norm > maxNorm)
            Ops.ForeachMul.Run(gradients, maxNorm / (norm + 1e-6));
        return norm;
    }

    /// <summary>Goes on from a saved state.</summary>
    /// <param name="steps">Steps taken when it was saved.</param>
    /// <param name="state">As <see cref="State"/> gave it; copied.</param>
    /// <exception cref="ArgumentException">An entry belongs to no parameter of this optimizer.</exception>
    public void Restore(long steps, IEnumerable<KeyValuePair<string, Tensor>> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var entries =
            state.Select(entry => (Owner: OwnerOf(entry.Key, nameof(state)), entry.Key, entry.Value)).ToList();
        using var mode = Autograd.NoGrad();
        foreach (var (owner, key, value) in entries)
            owner.Remember(
                key,
                key.EndsWith("/step", StringComparison.Ordinal)
                    ? Tensor.Full([], value.ToDouble(), DType.Int64)
                    : value.Clone());
        Steps = steps;
    }

    private ParameterGroup OwnerOf(string key, string parameterName) =>
        _groups.Find(
            group => group.Parameters.Any(parameter => key.StartsWith(parameter.Name + "/", StringComparison.Ordinal)))
        ?? throw new ArgumentException($"the state has {key}, which is no parameter here", parameterName);

    /// <summary>Frees what is remembered.</summary>
    public void Dispose()
    {
        foreach (var group in _groups)
            group.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Changes the parameters of one group; gradients are recorded nowhere.</summary>
    /// <param name="group">Rates and memory.</param>
    /// <param name="parameters">Those that have a gradient.</param>
    /// <param name="gradients">In the same order; must not be changed.</param>
    protected abstract void Update(ParameterGroup group, IReadOnlyList<StoredParameter> parameters, Tensor[] gradients);

    /// <summary>What is remembered of each parameter under a name, zeros at first.</summary>
    protected static Tensor[] Memory(ParameterGroup group, IReadOnlyList<StoredParameter> parameters, string kind)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(parameters);
        return [.. parameters.Select(
            parameter =>
                group.Recall($"{parameter.Name}/{kind}")
                    ?? group.Remember(
                        $"{parameter.Name}/{kind}", Operator.Get("aten::zeros_like").Call(parameter.Tensor.Detach())))];
    }

    /// <summary>The parameters' tensors.</summary>
    protected static Tensor[] Tensors(IReadOnlyList<StoredParameter> parameters) =>
        [.. parameters.Select(parameter => parameter.Tensor)];
}
