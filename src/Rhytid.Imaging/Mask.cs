namespace Rhytid.Imaging;

/// <summary>A set of pixels. Stored as 0 (out) and 255 (in), as mask files are.</summary>
public sealed class Mask : Raster<byte>
{
    /// <summary>The value of a pixel that is in the mask.</summary>
    public const byte Set = 255;

    /// <summary>An empty mask.</summary>
    public Mask(int width, int height)
        : base(width, height, channels: 1)
    {
    }

    private Mask(Raster<byte> shared)
        : base(shared)
    {
    }

    /// <summary>Whether the pixel in column <paramref name="x"/> of row <paramref name="y"/> is in the mask.</summary>
    public bool this[int x, int y]
    {
        get => Row(y)[x] != 0;
        set => Row(y)[x] = value ? Set : (byte)0;
    }

    /// <summary>A mask that holds every pixel.</summary>
    public static Mask Full(int width, int height)
    {
        var mask = new Mask(width, height);
        mask.Samples.Fill(Set);
        return mask;
    }

    /// <summary>The pixels of <paramref name="plane"/> for which <paramref name="isIn"/> holds.</summary>
    public static Mask Where<T>(Plane<T> plane, Func<T, bool> isIn)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(plane);
        ArgumentNullException.ThrowIfNull(isIn);
        var mask = new Mask(plane.Width, plane.Height);
        var from = plane.Samples;
        var to = mask.Samples;
        for (var i = 0; i < to.Length; i++)
            to[i] = isIn(from[i]) ? Set : (byte)0;
        return mask;
    }

    /// <summary>
    /// Reads a mask as files hold it: 0/1 and 0/255 both occur, so a plane whose largest value is 1 is taken as 0/1
    /// and any other is cut above 127 (FFHQ-Wrinkle has both).
    /// </summary>
    public static Mask FromLevels(Plane<byte> levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        var threshold = levels.Samples.ContainsAnyExcept((byte)0, (byte)1) ? 127 : 0;
        return Where(levels, level => level > threshold);
    }

    /// <summary>The same pixels seen as grey levels 0 and 255; the memory is shared.</summary>
    public Plane<byte> AsPlane() => new(this);

    /// <summary>How many pixels are in the mask.</summary>
    public int Count() => Samples.Length - Samples.Count((byte)0);

    /// <summary>A copy with its own pixels.</summary>
    public Mask Clone()
    {
        var copy = new Mask(Width, Height);
        Samples.CopyTo(copy.Samples);
        return copy;
    }

    /// <summary>The pixels that are in both masks.</summary>
    public Mask And(Mask other) => Combine(other, static (a, b) => (byte)(a & b));

    /// <summary>The pixels that are in at least one of the masks.</summary>
    public Mask Or(Mask other) => Combine(other, static (a, b) => (byte)(a | b));

    /// <summary>The pixels of this mask that are not in the other.</summary>
    public Mask Except(Mask other) => Combine(other, static (a, b) => (byte)(a & ~b));

    /// <summary>The pixels that are not in this mask.</summary>
    public Mask Invert() => Combine(this, static (a, _) => (byte)~a);

    internal static Mask Over(Plane<byte> zeroOr255) => new(zeroOr255);

    private Mask Combine(Mask other, Func<byte, byte, byte> combine)
    {
        ArgumentNullException.ThrowIfNull(other);
        RequireSameSize(other);
        var result = new Mask(Width, Height);
        var a = Samples;
        var b = other.Samples;
        var to = result.Samples;
        for (var i = 0; i < to.Length; i++)
            to[i] = combine(a[i], b[i]);
        return result;
    }
}
