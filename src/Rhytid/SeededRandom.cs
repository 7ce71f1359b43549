namespace Rhytid;

/// <summary>
/// PCG32 (O'Neill, 2014): 64 bits of state, 32 bits out. <see cref="Random"/> keeps its algorithm for a given seed too,
/// but has no streams: here every part of a portrait draws from a stream of its own, so that a new freckle never moves
/// the mouth.
/// </summary>
internal struct SeededRandom
{
    private const ulong Multiplier = 6364136223846793005UL;
    private readonly ulong _increment;
    private ulong _state;

    public SeededRandom(int seed, Stream stream)
        : this((ulong)(uint)seed * 0x9E3779B97F4A7C15UL, (ulong)stream)
    {
    }

    /// <param name="seed">Any number; close ones give unlike sequences only after mixing, such as by a hash.</param>
    /// <param name="stream">Sequences of different streams have nothing to do with each other; the highest bit is not
    /// used.</param>
    public SeededRandom(ulong seed, ulong stream)
    {
        _increment = (stream << 1) | 1;
        _state = 0;
        Next();
        _state += seed;
        Next();
    }

    /// <summary>What a sequence of numbers is for.</summary>
    public enum Stream : ulong
    {
        Person = 11,
        Pose,
        Light,
        Wrinkles,
        Spots,
        Hair,
        Brows,
        Lashes,
        Clothes,
        Background,
    }

    public uint Next()
    {
        var old = _state;
        _state = (old * Multiplier) + _increment;
        var shifted = (uint)(((old >> 18) ^ old) >> 27);
        return uint.RotateRight(shifted, (int)(old >> 59));
    }

    /// <summary>Uniform in [0, 1).</summary>
    public float Unit() => (Next() >> 8) * (1f / (1 << 24));

    /// <summary>Uniform between two bounds.</summary>
    public float Range(float from, float to) => from + ((to - from) * Unit());

    /// <summary>Roughly normal, mean 0 and deviation 1, never beyond 3 (the sum of three uniforms).</summary>
    public float Normal() => ((Unit() + Unit() + Unit()) * 2) - 3;

    /// <summary>One of 0 to <paramref name="count"/> - 1.</summary>
    public int Below(int count) => (int)(Unit() * count);

    /// <summary>True with the given probability.</summary>
    public bool Chance(float probability) => Unit() < probability;
}
