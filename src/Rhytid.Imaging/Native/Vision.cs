using System.Runtime.InteropServices;

namespace Rhytid.Imaging.Native;

/// <summary>The one error path of the binding, and calls that hand back native memory.</summary>
internal static unsafe class Vision
{
    public static void Check(int status)
    {
        if (status != 0)
            throw new VisionException(
                Marshal.PtrToStringUTF8((nint)VisionLibrary.rv_last_error()) ?? "unknown error in native code");
    }

    public static byte[] Encode(Raster<byte> raster, string extension, int quality)
    {
        Check(VisionLibrary.rv_encode(raster.View, extension, quality, out var bytes, out var data, out var count));
        GC.KeepAlive(raster);
        try
        {
            return new ReadOnlySpan<byte>(data, checked((int)count)).ToArray();
        }
        finally
        {
            VisionLibrary.rv_bytes_free(bytes);
        }
    }

    /// <summary>Runs an operation that reads one raster and fills another.</summary>
    public static TTarget Apply<TSource, TTarget>(
        Raster<TSource> source, TTarget target, Func<NativeView, NativeView, int> operation)
        where TSource : unmanaged
        where TTarget : class, IHasView
    {
        Check(operation(source.View, target.View));
        GC.KeepAlive(source);
        GC.KeepAlive(target);
        return target;
    }
}

/// <summary>Anything native code may write into.</summary>
internal interface IHasView
{
    NativeView View { get; }
}
