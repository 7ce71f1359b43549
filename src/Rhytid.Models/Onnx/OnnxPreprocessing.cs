using Rhytid.Networks;

namespace Rhytid.Models;

/// <summary>What the toolkit does to an aligned face before a network sees it, as nodes of a graph.</summary>
internal static class OnnxPreprocessing
{
    private const string Skin = "skin";

    /// <summary>Adds the inputs and all that leads to the network's input.</summary>
    /// <param name="graph">Takes the inputs: the face, uint8 (N, H, W, 3), and, where the network sees no more than
    /// skin, <c>skin</c>, uint8 (N, H, W).</param>
    /// <param name="image">Name of the face.</param>
    /// <param name="sizes">N, H and W: numbers, or the names of sizes that are open.</param>
    /// <param name="preprocessing">What the network was trained to see.</param>
    /// <returns>(N, channels, H, W), float.</returns>
    public static string Add(OnnxGraph graph, string image, string[] sizes, Preprocessing preprocessing)
    {
        graph.Inputs.Add(new OnnxValue(image, DType.UInt8, [.. sizes, "3"]));
        var hasTexture = preprocessing.Mean.Count == 4;
        var isTextureMasked = hasTexture && !preprocessing.WholeTexture;
        var inside = preprocessing.Masked || isTextureMasked ? AddSkin(graph, sizes) : null;
        var colours = ToColours(graph, image);
        var channels = preprocessing.Masked ? Keep(graph, inside!, colours) : colours;
        if (hasTexture)
        {
            // Of the unmasked picture: the mask's edge must not be drawn into it.
            var texture = OnnxTextureMap.Add(graph, colours);
            channels = graph.Add(
                "Concat", [channels, isTextureMasked ? Keep(graph, inside!, texture) : texture], ("axis", 1L));
        }
        return Scale(graph, channels, preprocessing);
    }

    /// <summary>Adds the planes of a picture.</summary>
    /// <param name="graph">Takes the nodes.</param>
    /// <param name="image">uint8 (N, H, W, 3).</param>
    /// <returns>The same levels, float (N, 3, H, W).</returns>
    public static string ToColours(OnnxGraph graph, string image) =>
        graph.Add("Transpose", [graph.Cast(image, DType.Float32)], ("perm", (long[])[0, 3, 1, 2]));

    private static string AddSkin(OnnxGraph graph, string[] sizes)
    {
        graph.Inputs.Add(new OnnxValue(Skin, DType.UInt8, sizes));
        return graph.Add("Unsqueeze", [graph.Cast(Skin, DType.Bool), graph.Integers(1)]);
    }

    private static string Keep(OnnxGraph graph, string inside, string values) =>
        graph.Add("Where", [inside, values, graph.Constant(0)]);

    // (v / 255 - mean) / deviation
    private static string Scale(OnnxGraph graph, string channels, Preprocessing preprocessing)
    {
        var count = preprocessing.Mean.Count;
        var factors = preprocessing.Deviation.Select(deviation => (float)(1 / (255 * deviation)));
        var offsets = preprocessing.Mean.Zip(preprocessing.Deviation, (mean, deviation) => (float)(-mean / deviation));
        var scaled = graph.Add("Mul", [channels, graph.Constant([.. factors], 1, count, 1, 1)]);
        return graph.Add("Add", [scaled, graph.Constant([.. offsets], 1, count, 1, 1)]);
    }
}
