using Rhytid.Torch.Native;

namespace Rhytid.Torch;

/// <summary>An array of numbers with a shape, in libtorch's memory. Images are (N, C, H, W).</summary>
/// <remarks>
/// A tensor belongs to the <see cref="TensorScope"/> that was current when it was made, and is freed with it.
/// Operations return new tensors; those whose names end in <c>InPlace</c> change their own. Errors of libtorch are
/// <see cref="TorchException"/>.
/// </remarks>
public sealed unsafe partial class Tensor : IDisposable
{
    private const int MaxDimensions = 64;
    private const long WorthMentioning = 1 << 16;
    private readonly TensorHandle _handle;
    private long _pressure;

    private Tensor(nint tensor)
    {
        _handle = new TensorHandle(tensor);
        Scope = TensorScope.Adopt(this);
        // Without a scope the garbage collector alone decides when the memory goes, so it must know how much it is.
        if (Scope is null && ByteCount is >= WorthMentioning and var bytes)
            GC.AddMemoryPressure(_pressure = bytes);
    }

    /// <summary>Returns its memory pressure where nobody disposed it; the handle frees the memory itself.</summary>
    ~Tensor() => ReturnPressure();

    /// <summary>Sizes of the dimensions, outermost first; empty for a single number.</summary>
    public long[] Shape => Describe(out _, out var shape, out _) ? shape : [];

    /// <summary>Distance in elements between neighbours along each dimension.</summary>
    public long[] Strides => Describe(out _, out _, out var strides) ? strides : [];

    /// <summary>Number of dimensions.</summary>
    public int Dimensions => Info.Dimensions;

    /// <summary>Number of elements.</summary>
    public long Count
    {
        get
        {
            long count = 1;
            foreach (var size in Shape)
                count *= size;
            return count;
        }
    }

    /// <summary>Element type.</summary>
    public DType DType => (DType)Info.DType;

    /// <summary>Where the elements are.</summary>
    public Device Device => Device.FromCode(Info.Device);

    /// <summary>True when the elements lie in row-major order without gaps.</summary>
    public bool IsContiguous => Info.Flags.HasFlag(TensorFlags.Contiguous);

    /// <summary>True for (N, C, H, W) tensors whose channels are innermost in memory.</summary>
    public bool IsChannelsLast => Info.Flags.HasFlag(TensorFlags.ChannelsLast);

    /// <summary>True after <see cref="Dispose"/>.</summary>
    public bool IsDisposed => _handle.IsClosed;

    internal TensorHandle Handle => _handle;

    internal TensorScope? Scope { get; set; }

    private long ByteCount => Count * Info.DType switch { 3 or 6 => 4, 4 or 7 => 8, 2 or 5 or 15 => 2, _ => 1 };

    private NativeInfo Info
    {
        get
        {
            Describe(out var info, out _, out _);
            return info;
        }
    }

    /// <summary>Size of one dimension; negative numbers count from the end.</summary>
    public long Size(int dimension)
    {
        var shape = Shape;
        var index = dimension < 0 ? dimension + shape.Length : dimension;
        if ((uint)index >= (uint)shape.Length)
            throw new ArgumentOutOfRangeException(
                nameof(dimension), dimension, $"the tensor has {shape.Length} dimensions");
        return shape[index];
    }

    /// <summary>Takes the tensor out of every scope: whoever holds it disposes it.</summary>
    /// <returns>The same tensor.</returns>
    public Tensor Keep()
    {
        Scope = null;
        return this;
    }

    /// <summary>Gives up this reference; the memory goes with the last one. Safe to call twice.</summary>
    public void Dispose()
    {
        _handle.Dispose();
        ReturnPressure();
        GC.SuppressFinalize(this);
    }

    /// <summary>Type, shape and device, as in "Float32 (1, 3, 64, 64)".</summary>
    public override string ToString() =>
        IsDisposed
            ? "disposed tensor"
            : $"{DType} ({string.Join(", ", Shape)}){(Device.IsCuda ? $" on {Device}" : "")}";

    internal static Tensor Own(nint tensor) => new(tensor);

    private bool Describe(out NativeInfo info, out long[] shape, out long[] strides)
    {
        var sizes = stackalloc long[MaxDimensions];
        var steps = stackalloc long[MaxDimensions];
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        TorchCall.Check(TorchLibrary.rt_info(_handle, out info, sizes, steps, MaxDimensions), "tensor");
        shape = new ReadOnlySpan<long>(sizes, info.Dimensions).ToArray();
        strides = new ReadOnlySpan<long>(steps, info.Dimensions).ToArray();
        return true;
    }

    private void ReturnPressure()
    {
        if (Interlocked.Exchange(ref _pressure, 0) is > 0 and var bytes)
            GC.RemoveMemoryPressure(bytes);
    }
}
