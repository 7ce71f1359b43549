using Rhytid.Faces.Mesh;
using Rhytid.Inference;

namespace Rhytid.Models;

/// <summary>Writes the face mesh network as an ONNX file.</summary>
public static class FaceMeshExporter
{
    private const string Image = "image";

    /// <summary>Writes the network with its weights; the file appears whole or not at all.</summary>
    /// <remarks>
    /// The input <c>image</c> is float (N, 3, 192, 192), R, G, B from 0 to 1, or with preprocessing uint8
    /// (N, 192, 192, 3): the face upright in the middle. The outputs are <c>points</c>, float (N, 468, 3), x, y and
    /// depth in pixels of that image, and <c>score</c>, float (N, 1), the probability that it is a face. The toolkit's
    /// own mesh is a mean of several such looks.
    /// </remarks>
    /// <param name="weights">The safetensors file, <c>ShippedModels.FaceMesh</c>.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="withPreprocessing">Whether the graph takes bytes.</param>
    /// <exception cref="CheckpointException">The weights are others.</exception>
    /// <exception cref="IOException">The place cannot be written.</exception>
    public static OnnxExport Export(string weights, string path, bool withPreprocessing = false)
    {
        using var file = SafetensorsFile.Open(weights);
        var graph = new OnnxGraph();
        var image = withPreprocessing ? AddBytes(graph) : AddImage(graph);
        var network = new OnnxLayerBuilder(graph, new NetworkWeights(file.Tensors), image, inChannels: 3);
        var (points, score) = CheckpointException.Guard(weights, () => FaceMeshLayers.Add(network));
        var triples = graph.Add("Reshape", [network.NameOf(points), graph.Integers(-1, FaceMesh.PointCount, 3)]);
        // The network counts from the first pixel's centre, the toolkit from its corner.
        graph.AddOutput(
            new OnnxValue("points", DType.Float32, "batch", "468", "3"), "Add",
            [triples, graph.Constant([0.5f, 0.5f, 0], 3)]);
        graph.AddOutput(
            new OnnxValue("score", DType.Float32, "batch", "1"), "Sigmoid",
            [graph.Add("Flatten", [network.NameOf(score)])]);
        foreach (var (key, value) in file.Metadata)
            graph.Metadata[key] = value;
        AtomicFile.Write(path, stream => OnnxWriter.Write(graph, stream));
        return new OnnxExport(FaceMeshLayers.Size, [Image], "points, score");
    }

    private static string AddImage(OnnxGraph graph)
    {
        graph.Inputs.Add(new OnnxValue(Image, DType.Float32, "batch", "3", "192", "192"));
        return Image;
    }

    private static string AddBytes(OnnxGraph graph)
    {
        graph.Inputs.Add(new OnnxValue(Image, DType.UInt8, "batch", "192", "192", "3"));
        return graph.Add("Div", [OnnxPreprocessing.ToColours(graph, Image), graph.Constant(255)]);
    }
}
