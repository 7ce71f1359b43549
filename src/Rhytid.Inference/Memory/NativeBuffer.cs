using System.Runtime.InteropServices;

namespace Rhytid.Inference.Memory;

/// <summary>Floats outside the garbage collector's heap, not initialised.</summary>
/// <remarks>
/// Large buffers lie on huge pages where the system has them: transforms write to 36 places at once, which is more than
/// the processor's tables of small pages hold.
/// </remarks>
internal sealed unsafe partial class NativeBuffer : IDisposable
{
    private const nuint HugePage = 2 << 20;
    private const nuint CacheLine = 64;

    /// <summary>Allocates.</summary>
    /// <param name="length">Number of floats.</param>
    /// <exception cref="OutOfMemoryException">There is not that much memory.</exception>
    public NativeBuffer(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var bytes = checked((nuint)Math.Max(1, length) * sizeof(float));
        var isLarge = bytes >= HugePage;
        Pointer = (float*)NativeMemory.AlignedAlloc(bytes, isLarge ? HugePage : CacheLine);
        Length = length;
        if (isLarge && OperatingSystem.IsLinux())
            AskForHugePages(Pointer, bytes);
    }

    ~NativeBuffer() => Free();

    /// <summary>The first float; null after <see cref="Dispose"/>.</summary>
    public float* Pointer { get; private set; }

    /// <summary>Number of floats.</summary>
    public long Length { get; }

    /// <summary>A part of the buffer.</summary>
    public Span<float> Slice(long start, int length)
    {
        ObjectDisposedException.ThrowIf(Pointer is null, this);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Length - length);
        return new Span<float>(Pointer + start, length);
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(Pointer);
        Pointer = null;
    }

    private static void AskForHugePages(void* start, nuint bytes)
    {
        const int hugePageAdvice = 14;
        try
        {
            // A refusal costs speed only.
            _ = Advise(start, bytes, hugePageAdvice);
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint length, int advice);
}
