namespace Rhytid.Tests.Shared;

/// <summary>
/// Values that any language makes from a tensor's name and shape: the rule of tests/Golden/README.md.
/// </summary>
internal static class GoldenFormula
{
    /// <summary>FNV-1a, 32 bit, of the name's UTF-8 bytes.</summary>
    public static uint Hash(string name)
    {
        var hash = 2166136261u;
        foreach (var letter in System.Text.Encoding.UTF8.GetBytes(name))
            hash = (hash ^ letter) * 16777619u;
        return hash;
    }

    /// <summary>A number in [0, 1) for one position.</summary>
    public static double Uniform(uint hash, uint index)
    {
        var x = hash + index * 2654435761u;
        x = (x ^ (x >> 16)) * 0x045d9f3bu;
        return (x ^ (x >> 16)) / 4294967296.0;
    }

    /// <summary>A float tensor's elements in row-major order.</summary>
    public static float[] Values(string name, params long[] shape)
    {
        var (scale, shift) = Range(name, shape);
        var hash = Hash(name);
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        Parallel.For(0, (values.Length + 0xffff) >> 16, part =>
        {
            for (var i = part << 16; i < Math.Min((part + 1) << 16, values.Length); i++)
                values[i] = (float)((Uniform(hash, (uint)i) + shift) * scale);
        });
        return values;
    }

    // A value is (u + shift) * scale: [-1, 1) is (u - 1/2) * 2. All shifts are exact, so the order of rounding is the
    // README's.
    private static (double Scale, double Shift) Range(
        string name, long[] shape) => name[(name.LastIndexOf('.') + 1)..] switch
    {
        "input" or "gradient" => (2, -0.5),
        "running_var" => (1, 0.5),
        "running_mean" or "bias" => (2 * 0.1, -0.5),
        _ when shape.Length >= 2 =>
            (2 * Math.Sqrt(6.0 / shape[1..].Aggregate(1L, (product, size) => product * size)), -0.5),
        "weight" => (1, 0.5),
        _ => throw new ArgumentException($"the formula has no rule for {name}", nameof(name)),
    };
}
