namespace Rhytid.Inference.Memory;

/// <summary>Room for what lies between the steps of one computation, kept for each thread.</summary>
internal static class Scratch
{
    [ThreadStatic]
    private static NativeBuffer? _buffer;

    /// <summary>Room of this thread, with the content of its last use.</summary>
    /// <param name="length">Number of floats.</param>
    /// <returns>Valid until the thread asks again.</returns>
    public static Span<float> OfThisThread(int length)
    {
        if (_buffer is null || _buffer.Length < length)
        {
            _buffer?.Dispose();
            _buffer = new NativeBuffer(length);
        }
        return _buffer.Slice(0, length);
    }
}
