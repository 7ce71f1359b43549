namespace Rhytid.Torch.Serialization.Pickle;

/// <summary>A tensor's elements out of its storage, in row-major order.</summary>
internal static class StridedView
{
    /// <summary>Checks a view against its storage's declared length, before any byte of it is read.</summary>
    /// <exception cref="InvalidDataException">The shape is impossible, or the view reaches outside its
    /// storage.</exception>
    public static void Check(PickleTensor tensor)
    {
        var where = $"in storage '{Printable.Clip(tensor.Storage.Key)}'";
        if (tensor.Shape.Length != tensor.Strides.Length
            || tensor.Offset < 0
            || tensor.Strides.Any(stride => stride < 0))
            throw new InvalidDataException($"a tensor {where} has an impossible shape or place");
        if (TensorSize.Bytes(where, tensor.Shape, tensor.Type) == 0)
            return;
        var last = (Int128)tensor.Offset;
        for (var i = 0; i < tensor.Shape.Length; i++)
            last += (Int128)(tensor.Shape[i] - 1) * tensor.Strides[i];
        if ((last + 1) * tensor.Type.Size() > tensor.Storage.ByteLength)
            throw new InvalidDataException(
                $"a tensor {where} reaches outside it ({Printable.Shape(tensor.Shape)} from element {tensor.Offset})");
    }

    /// <summary>The elements: a window of the storage where they lie in order, else a copy.</summary>
    /// <param name="tensor">Checked; its storage's bytes are there.</param>
    /// <param name="copyBudget">Bytes that may still be copied; less by this copy afterwards.</param>
    /// <exception cref="InvalidDataException">The copy is over the budget.</exception>
    public static ReadOnlyMemory<byte> Contiguous(PickleTensor tensor, ref long copyBudget)
    {
        var size = tensor.Type.Size();
        var bytes = TensorSize.Bytes(tensor.Storage.Key, tensor.Shape, tensor.Type);
        if (bytes == 0)
            return ReadOnlyMemory<byte>.Empty;
        if (IsContiguous(tensor))
            return tensor.Storage.Bytes.Slice((int)tensor.Offset * size, bytes);
        // A stride of 0 repeats elements without holding them: a tiny file could ask for all memory.
        copyBudget -= bytes;
        if (copyBudget < 0)
            throw new InvalidDataException(
                "the file's tensors repeat their storages many times over; save them with .contiguous() first");
        return StridedCopy.ToRowMajor(
            tensor.Storage.Bytes.Span, tensor.Offset, tensor.Shape, tensor.Strides, size, bytes);
    }

    private static bool IsContiguous(PickleTensor tensor)
    {
        var expected = 1L;
        for (var i = tensor.Shape.Length - 1; i >= 0; i--)
        {
            if (tensor.Shape[i] != 1 && tensor.Strides[i] != expected)
                return false;
            expected *= tensor.Shape[i];
        }
        return true;
    }
}
