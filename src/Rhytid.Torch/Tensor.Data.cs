using System.Runtime.InteropServices;
using Rhytid.Torch.Native;

namespace Rhytid.Torch;

public sealed unsafe partial class Tensor
{
    private void* Data
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
            TorchCall.Check(TorchLibrary.rt_data(_handle, out var data), "data");
            return data;
        }
    }

    /// <summary>The tensor's own memory, without a copy. Use it while the tensor is alive and no longer.</summary>
    /// <exception cref="InvalidOperationException">The elements are of another type, not contiguous, or on another
    /// device.</exception>
    public Span<T> AsSpan<T>() where T : unmanaged
    {
        if (DTypes.From<T>() != DType)
            throw new InvalidOperationException($"the tensor holds {DType}, not {typeof(T).Name}");
        return MemoryMarshal.Cast<byte, T>(AsBytes());
    }

    /// <summary>
    /// The tensor's own memory as bytes, without a copy. Use it while the tensor is alive and no longer.
    /// </summary>
    /// <exception cref="InvalidOperationException">The elements are not contiguous, or on another device.</exception>
    public Span<byte> AsBytes()
    {
        if (Device.IsCuda || !IsContiguous)
            throw new InvalidOperationException(
                Device.IsCuda ? $"the tensor is on {Device}" : "the tensor's elements are not contiguous");
        if (ByteCount > int.MaxValue)
            throw new InvalidOperationException($"the tensor's {ByteCount} bytes are more than a span holds");
        return new Span<byte>(Data, (int)ByteCount);
    }

    /// <summary>Copies the elements in row-major order, from any device and memory order.</summary>
    public T[] ToArray<T>() where T : unmanaged
    {
        using var ready = ForReading();
        return ready.AsSpan<T>().ToArray();
    }

    /// <summary>Copies the elements' bytes in row-major order, from any device and memory order.</summary>
    internal byte[] ToBytes()
    {
        using var ready = ForReading();
        return ready.AsBytes().ToArray();
    }

    /// <summary>Copies the elements in row-major order into a span of exactly that length.</summary>
    public void CopyTo<T>(Span<T> target) where T : unmanaged
    {
        using var ready = ForReading();
        var source = ready.AsSpan<T>();
        if (source.Length != target.Length)
            throw new ArgumentException(
                $"the tensor has {source.Length} elements, the target {target.Length}", nameof(target));
        source.CopyTo(target);
    }

    /// <summary>The value of a tensor with one element.</summary>
    public double ToDouble() => Ops.Item.CallNumber(this);

    private Tensor ForReading()
    {
        using var scope = TensorScope.Begin();
        return Detach().To(Device.Cpu).Contiguous().Keep();
    }
}
