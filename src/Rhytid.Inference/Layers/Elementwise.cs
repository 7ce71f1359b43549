using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Rhytid.Inference.Memory;

namespace Rhytid.Inference.Layers;

/// <summary>Sums of numbers at the same places.</summary>
internal static class Elementwise
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> target)
    {
        var a = MemoryMarshal.Cast<float, Vector<float>>(left);
        var b = MemoryMarshal.Cast<float, Vector<float>>(right);
        var sums = MemoryMarshal.Cast<float, Vector<float>>(target);
        for (var i = 0; i < sums.Length; i++)
            sums[i] = a[i] + b[i];
        for (var i = sums.Length * Vector<float>.Count; i < target.Length; i++)
            target[i] = left[i] + right[i];
    }

    /// <summary>Numbers between others at the same places.</summary>
    /// <param name="near">What a share of 0 gives.</param>
    /// <param name="far">What a share of 1 gives.</param>
    /// <param name="share">0 to 1.</param>
    /// <param name="target">May be one of the others.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Blend(ReadOnlySpan<float> near, ReadOnlySpan<float> far, float share, Span<float> target)
    {
        var a = MemoryMarshal.Cast<float, Vector<float>>(near);
        var b = MemoryMarshal.Cast<float, Vector<float>>(far);
        var blended = MemoryMarshal.Cast<float, Vector<float>>(target);
        for (var i = 0; i < blended.Length; i++)
            blended[i] = (a[i] * (1 - share)) + (b[i] * share);
        for (var i = blended.Length * Vector<float>.Count; i < target.Length; i++)
            target[i] = (near[i] * (1 - share)) + (far[i] * share);
    }
}

/// <summary>Sum of two maps, with ReLU or without. A map with fewer channels counts as 0 in the missing ones.</summary>
internal sealed class AddLayer(int left, int right, int channels, Activation activation) : InferenceLayer(
    [left, right], channels)
{
    public override void RunBlock(
        FeatureMap[] inputs, FeatureMap output, int first, int count, CancellationToken cancellation)
    {
        for (var y = first; y < first + count; y++)
        {
            var target = output.Row(y);
            if (inputs[0].Channels == inputs[1].Channels)
                Elementwise.Add(inputs[0].Row(y), inputs[1].Row(y), target);
            else
                for (var x = 0; x < output.Width; x++)
                    AddPixel(inputs[0], inputs[1], y, x, target.Slice(x * Channels, Channels));
            activation.Apply(target, Channels);
        }
    }

    private static void AddPixel(FeatureMap left, FeatureMap right, int y, int x, Span<float> target)
    {
        var (wide, narrow) = left.Channels > right.Channels ? (left, right) : (right, left);
        wide.Row(y).Slice(x * wide.Channels, wide.Channels).CopyTo(target);
        var common = target[..narrow.Channels];
        Elementwise.Add(common, narrow.Row(y).Slice(x * narrow.Channels, narrow.Channels), common);
    }
}

/// <summary>The first channels of a map, less a number for each.</summary>
internal sealed class ShiftLayer(int input, float[] subtracted) : InferenceLayer([input], subtracted.Length)
{
    public override void RunBlock(
        FeatureMap[] inputs, FeatureMap output, int first, int count, CancellationToken cancellation)
    {
        var (from, subtrahend) = (inputs[0], subtracted);
        for (var y = first; y < first + count; y++)
        {
            var source = from.Row(y);
            var target = output.Row(y);
            for (var x = 0; x < output.Width; x++)
                for (var c = 0; c < subtrahend.Length; c++)
                    target[(x * subtrahend.Length) + c] = source[(x * from.Channels) + c] - subtrahend[c];
        }
    }
}

/// <summary>What happens to a layer's sums.</summary>
internal sealed class Activation
{
    private readonly float[]? _slopes;

    private Activation(float[]? slopes) => _slopes = slopes;

    /// <summary>Nothing.</summary>
    public static Activation None { get; } = new(slopes: null);

    /// <summary>max(0, x).</summary>
    public static Activation Relu { get; } = new(slopes: []);

    /// <summary>x where it is positive, else the channel's slope times x.</summary>
    public static Activation PRelu(float[] slopes) => new(slopes);

    /// <summary>Changes whole pixels in place.</summary>
    public void Apply(Span<float> pixels, int channels)
    {
        if (_slopes is null)
            return;
        if (_slopes.Length == 0)
            ApplyRelu(pixels);
        else
            for (var start = 0; start < pixels.Length; start += channels)
                ApplySlopes(pixels.Slice(start, channels), _slopes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ApplyRelu(Span<float> values)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        for (var i = 0; i < vectors.Length; i++)
            vectors[i] = Vector.Max(vectors[i], Vector<float>.Zero);
        for (var i = vectors.Length * Vector<float>.Count; i < values.Length; i++)
            values[i] = Math.Max(values[i], 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ApplySlopes(Span<float> values, ReadOnlySpan<float> slopes)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var factors = MemoryMarshal.Cast<float, Vector<float>>(slopes);
        for (var i = 0; i < vectors.Length; i++)
            vectors[i] = Vector.ConditionalSelect(
                Vector.GreaterThan(vectors[i], Vector<float>.Zero), vectors[i], vectors[i] * factors[i]);
        for (var i = vectors.Length * Vector<float>.Count; i < values.Length; i++)
            values[i] = values[i] > 0 ? values[i] : values[i] * slopes[i];
    }
}
