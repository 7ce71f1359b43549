namespace Rhytid.Imaging;

/// <summary>One channel of pixels: grey levels, a response map, labels.</summary>
/// <typeparam name="T"><see cref="byte"/>, <see cref="ushort"/>, <see cref="int"/> or <see cref="float"/>.</typeparam>
public sealed class Plane<T> : Raster<T>
    where T : unmanaged
{
    /// <summary>A plane of zeros.</summary>
    public Plane(int width, int height)
        : base(width, height, channels: 1)
    {
    }

    internal Plane(Raster<T> shared)
        : base(shared)
    {
    }

    /// <summary>The pixel in column <paramref name="x"/> of row <paramref name="y"/>.</summary>
    public ref T this[int x, int y] => ref Row(y)[x];

    /// <summary>A plane with the given pixels, row by row; they are copied.</summary>
    public static Plane<T> FromPixels(ReadOnlySpan<T> pixels, int width, int height)
    {
        var plane = new Plane<T>(width, height);
        if (pixels.Length != plane.Samples.Length)
            throw new ArgumentException(
                $"expected {width} x {height} = {plane.Samples.Length} pixels, got {pixels.Length}", nameof(pixels));
        pixels.CopyTo(plane.Samples);
        return plane;
    }

    /// <summary>A copy with its own pixels.</summary>
    public Plane<T> Clone() => FromPixels(Samples, Width, Height);
}
