using Rhytid.Inference;

namespace Rhytid.Models;

/// <summary>Layers of a network that runs without libtorch, as nodes of a graph.</summary>
/// <param name="graph">Takes the nodes.</param>
/// <param name="weights">The network's numbers by name.</param>
/// <param name="image">The image in the graph, (N, inChannels, H, W).</param>
/// <param name="inChannels">Channels of the image.</param>
internal sealed class OnnxLayerBuilder(OnnxGraph graph, NetworkWeights weights, string image, int inChannels)
    : ILayerBuilder
{
    private readonly List<(string Name, int Channels)> _maps = [(image, inChannels)];

    /// <summary>Name of a map in the graph.</summary>
    public string NameOf(int map) => _maps[map].Name;

    /// <inheritdoc/>
    public int Convolution(
        int input, string path, int stride = 1, (int Before, int After)? padding = null, string? slopes = null)
    {
        var (kernel, shape) = weights.ReadKernel($"{path}.weight");
        var (before, after) = padding ?? (shape[2] / 2, shape[2] / 2);
        var isDepthwise = shape[1] == 1 && _maps[input].Channels == shape[0];
        var sums = graph.Add(
            "Conv",
            [
                NameOf(input), graph.Constant(kernel, [.. shape.Select(size => (long)size)]),
                graph.Constant(weights.Read($"{path}.bias", shape[0]), shape[0]),
            ],
            ("strides", (long[])[stride, stride]), ("pads", (long[])[before, before, after, after]),
            ("group", isDepthwise ? shape[0] : 1L));
        return Add(slopes is null ? sums : PRelu(sums, slopes, shape[0]), shape[0]);
    }

    /// <inheritdoc/>
    public int MaxPool(int input, int kernel, int stride, int padding) => Add(
        graph.Add(
            "MaxPool", [NameOf(input)], ("kernel_shape", (long[])[kernel, kernel]),
            ("strides", (long[])[stride, stride]), ("pads", (long[])[padding, padding, padding, padding])),
        _maps[input].Channels);

    /// <inheritdoc/>
    public int AddMaps(int left, int right, string? slopes = null)
    {
        var channels = Math.Max(_maps[left].Channels, _maps[right].Channels);
        var sum = graph.Add("Add", [Widened(left, channels), Widened(right, channels)]);
        return Add(slopes is null ? graph.Add("Relu", [sum]) : PRelu(sum, slopes, channels), channels);
    }

    private string PRelu(string values, string slopes, int channels) =>
        graph.Add("PRelu", [values, graph.Constant(weights.Read(slopes, channels), channels, 1, 1)]);

    private string Widened(int map, int channels) => _maps[map].Channels == channels
        ? NameOf(map)
        : graph.Add("Pad", [NameOf(map), graph.Integers(0, 0, 0, 0, 0, channels - _maps[map].Channels, 0, 0)]);

    private int Add(string name, int channels)
    {
        _maps.Add((name, channels));
        return _maps.Count - 1;
    }
}
