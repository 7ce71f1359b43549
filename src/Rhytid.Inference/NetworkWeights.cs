using Rhytid.Inference.Serialization;

namespace Rhytid.Inference;

/// <summary>A network's numbers by name, in single precision.</summary>
/// <param name="tensors">As a file holds them.</param>
internal sealed class NetworkWeights(IEnumerable<StoredTensor> tensors)
{
    private readonly Dictionary<string, StoredTensor> _byName = tensors.ToDictionary(tensor => tensor.Name);

    /// <summary>Whether there is a tensor of a name.</summary>
    public bool Has(string name) => _byName.ContainsKey(name);

    /// <summary>A tensor of a known number of elements.</summary>
    /// <exception cref="InvalidDataException">It is missing or has another number.</exception>
    public float[] Read(string name, int count)
    {
        var values = Find(name).ToSingles();
        return values.Length == count
            ? values
            : throw new InvalidDataException($"'{name}' has {values.Length} elements instead of {count}");
    }

    /// <summary>A convolution's kernel and its shape.</summary>
    /// <exception cref="InvalidDataException">It is missing or has not four dimensions.</exception>
    public (float[] Values, int[] Shape) ReadKernel(string name)
    {
        var tensor = Find(name);
        return tensor.Shape.Count == 4
            ? (tensor.ToSingles(), [.. tensor.Shape.Select(size => checked((int)size))])
            : throw new InvalidDataException($"'{name}' has {tensor.Shape.Count} dimensions instead of 4");
    }

    private StoredTensor Find(string name) => _byName.GetValueOrDefault(name)
        ?? throw new InvalidDataException($"it has no weights '{name}'");
}
