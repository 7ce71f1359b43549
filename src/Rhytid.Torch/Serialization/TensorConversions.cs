using System.Buffers;

namespace Rhytid.Torch.Serialization;

/// <summary>Tensors to and from what files hold.</summary>
public static class TensorConversions
{
    /// <summary>A tensor of its own with the stored values, on the processor.</summary>
    public static Tensor ToTensor(this StoredTensor stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return Tensor.FromBytes(stored.Bytes.Span, stored.Type, [.. stored.Shape]);
    }

    /// <summary>A tensor's values for a file, without a copy where they lie in row-major order on the processor.</summary>
    /// <param name="tensor">Must live and stay unchanged until the file is written.</param>
    /// <param name="name">The key in the file.</param>
    public static StoredTensor ToStored(this Tensor tensor, string name)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var ready = tensor.Detach().To(Device.Cpu).Contiguous();
        return new StoredTensor(name, ready.DType, ready.Shape, new TensorMemory(ready).Memory);
    }

    private sealed class TensorMemory(Tensor tensor) : MemoryManager<byte>
    {
        public override Span<byte> GetSpan() => tensor.AsBytes();

        // Native memory does not move.
        public override unsafe MemoryHandle Pin(int elementIndex = 0)
        {
            fixed (byte* start = GetSpan())
                return new MemoryHandle(start + elementIndex, pinnable: this);
        }

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
