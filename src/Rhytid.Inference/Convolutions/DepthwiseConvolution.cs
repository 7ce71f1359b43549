using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Rhytid.Inference.Layers;
using Rhytid.Inference.Memory;

namespace Rhytid.Inference.Convolutions;

/// <summary>Convolution of each channel with a kernel of its own.</summary>
internal sealed class DepthwiseConvolution
{
    private readonly ConvolutionShape _shape;
    private readonly float[] _weights;
    private readonly float[] _bias;
    private readonly Activation _activation;

    /// <summary>Reorders a kernel.</summary>
    /// <param name="shape">Channels, kernel size, stride, padding.</param>
    /// <param name="weight">(channels, 1, kernel, kernel).</param>
    /// <param name="bias">(channels).</param>
    /// <param name="activation">Applied to the sums.</param>
    public DepthwiseConvolution(
        ConvolutionShape shape, ReadOnlySpan<float> weight, float[] bias, Activation activation)
    {
        (_shape, _bias, _activation) = (shape, bias, activation);
        var area = shape.Kernel * shape.Kernel;
        _weights = new float[area * bias.Length];
        for (var c = 0; c < bias.Length; c++)
            for (var k = 0; k < area; k++)
                _weights[(k * bias.Length) + c] = weight[(c * area) + k];
    }

    /// <summary>Computes rows of the output.</summary>
    public void RunRows(FeatureMap input, FeatureMap output, int first, int count)
    {
        for (var y = first; y < first + count; y++)
            RunRow(input, output, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunRow(FeatureMap input, FeatureMap output, int y)
    {
        var channels = _bias.Length;
        var target = output.Row(y);
        for (var x = 0; x < output.Width; x++)
            _bias.CopyTo(target[(x * channels)..]);
        for (var k = 0; k < _shape.Kernel; k++)
        {
            var v = (y * _shape.Stride) - _shape.Padding + k;
            if ((uint)v >= (uint)input.Height)
                continue;
            for (var l = 0; l < _shape.Kernel; l++)
            {
                // Windows whose column l lies in the image.
                var before = l - _shape.Padding;
                var first = before < 0 ? (_shape.Stride - 1 - before) / _shape.Stride : 0;
                var end = Math.Min(output.Width, ((input.Width - 1 - before) / _shape.Stride) + 1);
                if (first < end)
                    MultiplyAdd(
                        input.Row(v)[(((first * _shape.Stride) + before) * channels)..], _shape.Stride * channels,
                        _weights.AsSpan(((k * _shape.Kernel) + l) * channels, channels),
                        target[(first * channels)..(end * channels)]);
            }
        }
        _activation.Apply(target, channels);
    }

    // Adds the products of pixels, some way apart, and weights to a row of sums.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyAdd(
        ReadOnlySpan<float> pixels, int step, ReadOnlySpan<float> weights, Span<float> sums)
    {
        var factors = MemoryMarshal.Cast<float, Vector<float>>(weights);
        for (int place = 0, target = 0; target < sums.Length; place += step, target += weights.Length)
        {
            var pixel = pixels.Slice(place, weights.Length);
            var sum = sums.Slice(target, weights.Length);
            var values = MemoryMarshal.Cast<float, Vector<float>>(pixel);
            var totals = MemoryMarshal.Cast<float, Vector<float>>(sum);
            for (var i = 0; i < factors.Length; i++)
                totals[i] += values[i] * factors[i];
            for (var i = factors.Length * Vector<float>.Count; i < weights.Length; i++)
                sum[i] += pixel[i] * weights[i];
        }
    }
}
