using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Rhytid.Torch.Native;

namespace Rhytid.Torch;

public sealed unsafe partial class Tensor
{
    /// <summary>A tensor of uninitialised elements.</summary>
    public static Tensor Empty(long[] shape, DType type = DType.Float32, Device device = default) =>
        Ops.Empty.Call(shape, type, Value.None, device);

    /// <summary>A tensor of zeros.</summary>
    public static Tensor Zeros(long[] shape, DType type = DType.Float32, Device device = default) =>
        Ops.Zeros.Call(shape, type, Value.None, device);

    /// <summary>A tensor of ones.</summary>
    public static Tensor Ones(long[] shape, DType type = DType.Float32, Device device = default) =>
        Ops.Ones.Call(shape, type, Value.None, device);

    /// <summary>A tensor filled with one value.</summary>
    public static Tensor Full(long[] shape, double value, DType type = DType.Float32, Device device = default) =>
        Ops.Full.Call(shape, value, type, Value.None, device);

    /// <summary>0, 1, ..., <paramref name="end"/> - 1.</summary>
    public static Tensor Arange(long end, DType type = DType.Int64, Device device = default) =>
        Ops.Arange.Call(end, type, Value.None, device);

    /// <summary>Independent standard normal numbers from libtorch's generator.</summary>
    public static Tensor Randn(long[] shape, DType type = DType.Float32, Device device = default) =>
        Ops.Randn.Call(shape, type, Value.None, device);

    /// <summary>Independent uniform numbers in [0, 1) from libtorch's generator.</summary>
    public static Tensor Rand(long[] shape, DType type = DType.Float32, Device device = default) =>
        Ops.Rand.Call(shape, type, Value.None, device);

    /// <summary>A single number.</summary>
    public static Tensor Scalar(double value, DType type = DType.Float32) => Full([], value, type);

    /// <summary>A copy of values in row-major order.</summary>
    /// <exception cref="ArgumentException">The shape needs another number of values.</exception>
    public static Tensor From<T>(ReadOnlySpan<T> values, params long[] shape) where T : unmanaged
    {
        CheckCount(values.Length, shape);
        var tensor = Empty(shape, DTypes.From<T>());
        values.CopyTo(new Span<T>(tensor.Data, values.Length));
        return tensor;
    }

    /// <summary>A copy of values in row-major order.</summary>
    public static Tensor From<T>(T[] values, params long[] shape) where T : unmanaged =>
        From<T>(values.AsSpan(), shape);

    /// <summary>
    /// A tensor that uses the given memory, without a copy; the memory stays pinned as long as the tensor or a view of
    /// it lives.
    /// </summary>
    /// <exception cref="ArgumentException">The shape needs another number of values.</exception>
    public static Tensor Wrap<T>(Memory<T> values, params long[] shape) where T : unmanaged
    {
        CheckCount(values.Length, shape);
        var pin = new Pin(values.Pin());
        var context = GCHandle.Alloc(pin);
        fixed (long* sizes = shape)
        {
            var status = TorchLibrary.rt_from_memory(
                pin.Handle.Pointer, sizes, shape.Length, (int)DTypes.From<T>(), &Unpin, GCHandle.ToIntPtr(context),
                out var tensor);
            if (status == 0)
                return new Tensor(tensor);
        }
        Unpin(context);
        throw new TorchException("from_memory", TorchCall.LastError());
    }

    /// <summary>Copies raw little-endian elements of any type, as files hold them.</summary>
    public static Tensor FromBytes(ReadOnlySpan<byte> bytes, DType type, params long[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        _ = type.Size(); // refuses types that this enumeration does not name
        var tensor = Empty(shape, type);
        if (tensor.ByteCount != bytes.Length)
        {
            tensor.Dispose();
            throw new ArgumentException(
                $"{bytes.Length} bytes do not fill a {type} tensor of shape ({string.Join(", ", shape)})",
                nameof(bytes));
        }
        bytes.CopyTo(new Span<byte>(tensor.Data, bytes.Length));
        return tensor;
    }

    private static void CheckCount(long count, long[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        long wanted = 1;
        foreach (var size in shape)
            wanted = size < 0 || wanted < 0 || (size > 0 && wanted > long.MaxValue / size) ? -1 : wanted * size;
        if (wanted != count)
            throw new ArgumentException(
                $"{count} values do not fill the shape ({string.Join(", ", shape)})", nameof(shape));
    }

    [UnmanagedCallersOnly]
    private static void Unpin(nint context) => Unpin(GCHandle.FromIntPtr(context));

    private static void Unpin(GCHandle context)
    {
        ((Pin)context.Target!).Handle.Dispose();
        context.Free();
    }

    private sealed class Pin(MemoryHandle handle)
    {
        public MemoryHandle Handle = handle;
    }
}
