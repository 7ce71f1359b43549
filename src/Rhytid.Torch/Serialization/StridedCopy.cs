namespace Rhytid.Torch.Serialization;

/// <summary>Elements gathered by strides into row-major order.</summary>
internal static class StridedCopy
{
    /// <param name="source">Elements; the caller has checked that all are inside.</param>
    /// <param name="offset">The first element's index.</param>
    /// <param name="shape">Sizes, none of them 0.</param>
    /// <param name="strides">Elements from one index to the next, per axis.</param>
    /// <param name="size">Bytes of an element.</param>
    /// <param name="bytes">Bytes of the result.</param>
    public static byte[] ToRowMajor(
        ReadOnlySpan<byte> source, long offset, ReadOnlySpan<long> shape, ReadOnlySpan<long> strides, int size,
        int bytes)
    {
        var result = new byte[bytes];
        var index = new long[shape.Length];
        var element = offset;
        for (var target = 0; target < bytes; target += size)
        {
            source.Slice((int)(element * size), size).CopyTo(result.AsSpan(target));
            for (var axis = index.Length - 1; axis >= 0; axis--)
            {
                element += strides[axis];
                if (++index[axis] < shape[axis])
                    break;
                element -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
        }
        return result;
    }
}
