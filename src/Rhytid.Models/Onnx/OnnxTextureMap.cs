using Rhytid.Textures;

namespace Rhytid.Models;

/// <summary><see cref="TextureMap"/> as nodes of a graph, to the last bit of every level.</summary>
/// <remarks>
/// Levels are cut off, not rounded, so the last digits of the blur decide some of them. Its sums are therefore made in
/// the same order, and its fused multiply-adds by products in double precision, which are exact. A convolution would be
/// faster, and a level off in a few pixels.
/// </remarks>
internal static class OnnxTextureMap
{
    private const double GrayUnit = 32768;

    // OpenCV's weights of red, green and blue; sums of whole numbers this small are exact.
    private static readonly float[] GrayWeights = [9798, 19235, 3735];

    /// <summary>Adds the map of a picture.</summary>
    /// <param name="graph">Takes the nodes.</param>
    /// <param name="colours">(N, 3, H, W), levels.</param>
    /// <returns>(N, 1, H, W), whole levels.</returns>
    public static string Add(OnnxGraph graph, string colours)
    {
        var gray = Gray(graph, colours);
        var options = TextureMapOptions.Default;
        var weights = GaussianKernel.Weights(options.KernelSize, options.Sigma);
        var margin = (long)options.KernelSize / 2;
        var mirrored = graph.Add(
            "Pad", [gray, graph.Integers(0, 0, margin, margin, 0, 0, margin, margin)], ("mode", "reflect"));
        var blurred = Blur(graph, Blur(graph, mirrored, weights, axis: 2), weights, axis: 3);
        var ratio = graph.Add("Div", [gray, graph.Add("Add", [graph.Constant(1), blurred])]);
        var texture = MultiplyAdd(graph, ratio, -255, graph.Double(255));
        return graph.Add("Floor", [graph.Add("Clip", [texture, graph.Constant(0), graph.Constant(255)])]);
    }

    private static string Gray(OnnxGraph graph, string colours)
    {
        var sum = graph.Add(
            "Conv", [colours, graph.Constant(GrayWeights, 1, 3, 1, 1), graph.Constant([(float)(GrayUnit / 2)], 1)]);
        return graph.Add("Floor", [graph.Add("Mul", [sum, graph.Constant(1 / GrayUnit)])]);
    }

    // Both samples of a weight first, from the smallest weight to the one in the middle.
    private static string Blur(OnnxGraph graph, string values, float[] weights, long axis)
    {
        var sum = graph.Double(0);
        var last = weights.Length - 1;
        for (var i = 0; i <= last / 2; i++)
        {
            var sample = Shifted(i);
            var both = i == last / 2 ? sample : graph.Add("Add", [sample, Shifted(last - i)]);
            var rounded = MultiplyAdd(graph, both, weights[i], sum);
            sum = i == last / 2 ? rounded : ToDouble(graph, rounded);
        }
        return sum;

        // As long as the result, from a place on.
        string Shifted(int start) => graph.Add(
            "Slice",
            [
                values, graph.Integers(start), graph.Integers(start == last ? long.MaxValue : start - last),
                graph.Integers(axis),
            ]);
    }

    // value * factor + sum, rounded once.
    private static string MultiplyAdd(OnnxGraph graph, string value, double factor, string sum)
    {
        var product = graph.Add("Mul", [ToDouble(graph, value), graph.Double(factor)]);
        return graph.Cast(graph.Add("Add", [product, sum]), DType.Float32);
    }

    private static string ToDouble(OnnxGraph graph, string value) => graph.Cast(value, DType.Float64);
}
