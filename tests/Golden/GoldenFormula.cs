using System.Text;

using RhytidTensor = Rhytid.Torch.Tensor;

namespace Rhytid;

/// <summary>Weights and inputs that any language can make from a name; tests/Golden/README.md has the rule.</summary>
internal static class GoldenFormula
{
    public static RhytidTensor Tensor(string name, params long[] shape) =>
        RhytidTensor.From(Values(name, shape), shape);

    /// <summary>Sets a parameter or buffer to the formula's values; index tables stay as they are.</summary>
    public static void Fill(string name, RhytidTensor tensor)
    {
        if (name.EndsWith("relative_position_index", StringComparison.Ordinal))
            return;
        using var mode = Torch.Autograd.NoGrad();
        using var values = Tensor(name, tensor.Shape);
        tensor.CopyFrom(values);
    }

    private static float[] Values(string name, long[] shape)
    {
        var hash = 2166136261;
        foreach (var letter in Encoding.UTF8.GetBytes(name))
            hash = unchecked((hash ^ letter) * 16777619);
        var count = shape.Aggregate(1L, (product, size) => product * size);
        var last = name[(name.LastIndexOf('.') + 1)..];
        var bound = shape.Length >= 2 ? Math.Sqrt(6.0 / shape[1..].Aggregate(1L, (product, size) => product * size)) : 0;
        var values = new float[count];
        for (var i = 0; i < values.Length; i++)
        {
            var x = unchecked(hash + (uint)i * 2654435761);
            x ^= x >> 16;
            x = unchecked(x * 0x045d9f3b);
            x ^= x >> 16;
            var u = x / 4294967296.0;
            values[i] = (float)(last switch
            {
                "num_batches_tracked" => 0,
                "input" or "gradient" => 2 * u - 1,
                "running_var" => 0.5 + u,
                "running_mean" or "bias" => (2 * u - 1) * 0.1,
                _ => shape.Length >= 2 ? (2 * u - 1) * bound : 0.5 + u,
            });
        }
        return values;
    }
}
