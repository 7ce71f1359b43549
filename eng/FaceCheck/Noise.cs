namespace FaceCheck;

/// <summary>Smooth random values of a plane, -1 to 1: random numbers on a lattice, blended between.</summary>
internal sealed class Noise
{
    private const int Side = 256;

    private readonly float[] _lattice;

    private Noise(Random random)
    {
        _lattice = new float[Side * Side];
        for (var i = 0; i < _lattice.Length; i++)
            _lattice[i] = (2 * random.NextSingle()) - 1;
    }

    public static Noise FromSeed(int seed) => new(new Random(seed));

    public float At(float x, float y)
    {
        var (left, top) = ((int)MathF.Floor(x), (int)MathF.Floor(y));
        var (u, v) = (Smooth(x - left), Smooth(y - top));
        var above = float.Lerp(Lattice(left, top), Lattice(left + 1, top), u);
        var below = float.Lerp(Lattice(left, top + 1), Lattice(left + 1, top + 1), u);
        return float.Lerp(above, below, v);
    }

    /// <summary>Octaves of the noise, each twice as fine and half as strong.</summary>
    public float Fractal(float x, float y, int octaves)
    {
        var (sum, weight) = (0f, 1f);
        for (var i = 0; i < octaves; i++, weight /= 2)
            sum += weight * At(x * (1 << i), y * (1 << i));
        return sum;
    }

    private float Lattice(int x, int y) => _lattice[((y & (Side - 1)) * Side) + (x & (Side - 1))];

    private static float Smooth(float t) => t * t * (3 - (2 * t));
}
