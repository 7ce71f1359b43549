namespace Rhytid.Torch.Nn;

/// <summary>
/// A place in a model's tree of names: <c>path / "conv1"</c> is where the first convolution's parameters are.
/// </summary>
/// <param name="Store">The model's parameters.</param>
/// <param name="Name">The full name so far, without a dot at the end.</param>
public readonly record struct ParameterPath(ParameterStore Store, string Name)
{
    /// <summary>The place below.</summary>
    public static ParameterPath operator /(ParameterPath path, string name) => new(path.Store, path.Full(name));

    /// <summary>The place below, of a numbered module.</summary>
    public static ParameterPath operator /(ParameterPath path, int index) =>
        path / index.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Creates a trained tensor here.</summary>
    public Tensor Parameter(string name, Initializer initializer, params long[] shape) =>
        Store.Add(Full(name), shape, initializer, isBuffer: false, DType.Float32);

    /// <summary>Creates a tensor here that gradients do not change, but that is saved.</summary>
    public Tensor Buffer(string name, Initializer initializer, DType type, params long[] shape) =>
        Store.Add(Full(name), shape, initializer, isBuffer: true, type);

    /// <summary>Saves a given tensor here that gradients do not change.</summary>
    public Tensor Buffer(string name, Tensor values) => Store.Add(Full(name), values, isBuffer: true);

    /// <summary>Whether a parameter of that name is below this place.</summary>
    public bool Holds(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith(Name + ".", StringComparison.Ordinal);
    }

    private string Full(string name) => Name.Length == 0 ? name : $"{Name}.{name}";
}
