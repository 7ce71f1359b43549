namespace Rhytid.Torch.Serialization;

/// <summary>
/// A tensor as a file holds it: its name, type and shape, and its elements in row-major order, little-endian.
/// </summary>
/// <param name="Name">The key in the file ("inc.double_conv.0.weight").</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Sizes, outermost first; empty for a single value.</param>
/// <param name="Bytes">Exactly as many bytes as type and shape need. May point into a memory-mapped file: valid while
/// its owner lives.</param>
public sealed record StoredTensor(string Name, DType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Bytes);
