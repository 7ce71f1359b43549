namespace Rhytid.Inference.Serialization;

/// <summary>A tensor that is yet to be made: its name, type and shape.</summary>
/// <param name="Name">The key in the file.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Sizes, outermost first; empty for a single value.</param>
public sealed record TensorOutline(string Name, DType Type, IReadOnlyList<long> Shape);
