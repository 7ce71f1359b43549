namespace Rhytid.Torch.Serialization;

/// <summary>Between tensors in memory and tensors as files hold them. Both ways copy.</summary>
public static class TensorConversion
{
    /// <summary>A tensor of its own with the stored elements.</summary>
    /// <exception cref="ArgumentException">The bytes are not as many as type and shape need.</exception>
    public static Tensor ToTensor(this StoredTensor stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        StoredTensors.RequireConsistent(stored, nameof(stored));
        return Tensor.FromBytes(stored.Bytes.Span, stored.Type, [.. stored.Shape]);
    }

    /// <summary>The elements in row-major order, from any device and memory order.</summary>
    /// <param name="tensor">What is stored.</param>
    /// <param name="name">The key in the file.</param>
    /// <exception cref="NotSupportedException">The elements are of a type that files here do not hold.</exception>
    /// <exception cref="InvalidOperationException">The tensor is larger than 2 GiB.</exception>
    public static StoredTensor ToStored(this Tensor tensor, string name)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(name);
        if (!Enum.IsDefined(tensor.DType))
            throw new NotSupportedException(
                $"tensor '{Printable.Clip(name)}' has elements of type number {(int)tensor.DType}, which no file here holds");
        return new StoredTensor(name, tensor.DType, tensor.Shape, tensor.ToBytes());
    }
}
