using System.Globalization;
using System.Reflection;
using Rhytid.Faces.Parsing;
using Rhytid.Networks;

namespace Rhytid.Models;

/// <summary>Writes networks as ONNX files, for ONNX Runtime and other engines.</summary>
public static class OnnxExporter
{
    private const string VersionKey = "rhytid.version";
    private const string SizesKey = "rhytid.sizes";
    private const string AnySize = "any";
    private const string Image = "image";
    private const string Logits = "logits";
    private const string Probabilities = "probabilities";

    // Number, height and width: even, odd at every halving, and mixed. Sizes that come about in different ways differ
    // in one of them.
    private static readonly long[][] Recorded = [[2, 64, 96], [1, 79, 53], [3, 110, 75]];

    /// <summary>Writes a network with its weights; the file appears whole or not at all.</summary>
    /// <remarks>
    /// The input <c>image</c> is float (N, InChannels, H, W), scaled as the network's preprocessing says; with
    /// <see cref="OnnxExportOptions.WithPreprocessing"/> it is an aligned face, uint8 (N, H, W, 3), R, G, B, and a
    /// network that sees no more than skin has a second input <c>skin</c>, uint8 (N, H, W), not 0 on skin. The output
    /// <c>probabilities</c> is float (N, 1, H, W), or (N, classes, H, W) for a network of more than two classes; a
    /// network that was pre-trained gives <c>logits</c>. The file's notes are those of <see cref="ModelFile.Header"/>.
    /// </remarks>
    /// <param name="model">The network, not prepared for inference.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">Size and preprocessing.</param>
    /// <returns>What the graph takes.</returns>
    /// <exception cref="ArgumentException">The network cannot be exported so; the message says why.</exception>
    /// <exception cref="IOException">The place cannot be written.</exception>
    public static OnnxExport Export(ModelFile model, string path, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new OnnxExportOptions();
        Check(model, options);
        try
        {
            var (graph, size) = Build(model, options);
            AtomicFile.Write(path, stream => OnnxWriter.Write(graph, stream));
            return new OnnxExport(size, [.. graph.Inputs.Select(input => input.Name)], graph.Outputs[0].Name);
        }
        catch (NotSupportedException error)
        {
            throw new ArgumentException(error.Message, nameof(model), error);
        }
    }

    private static void Check(ModelFile model, OnnxExportOptions options)
    {
        if (options.WithPreprocessing && !HasProbabilities(model))
            throw new ArgumentException(
                "the network was pre-trained and does not find wrinkles yet: export it without preprocessing",
                nameof(options));
        var network = model.Network;
        if (options.Size is { } size && (size < network.LeastSize || size % network.SizeMultiple != 0))
            throw new ArgumentException(
                network.SizeMultiple > 1
                    ? $"the network takes sizes that are multiples of {network.SizeMultiple}, not {size}"
                    : $"the network takes sizes of at least {network.LeastSize}, not {size}",
                nameof(options));
    }

    // Of any size where the network allows it.
    private static (OnnxGraph Graph, int? Size) Build(ModelFile model, OnnxExportOptions options)
    {
        var multiple = model.Network.SizeMultiple;
        if (options.Size is null)
        {
            try
            {
                var sizes = Recorded.Select(
                    size => new[] { size[0], RoundUp(size[1], multiple), RoundUp(size[2], multiple) });
                return (Build(model, options, side: null, [.. sizes]), null);
            }
            catch (SizeDependentException)
            {
                // Then of one size.
            }
        }
        var side = options.Size ?? (int)RoundUp(model.Preprocessing.Size, multiple);
        return (Build(model, options, side, [1, side, side]), side);
    }

    private static OnnxGraph Build(ModelFile model, OnnxExportOptions options, int? side, params long[][] recorded)
    {
        var (network, channels) = (model.Network, model.Network.Options.InChannels);
        var recordings = Array.ConvertAll(
            recorded, size => ForwardRecording.Make(network, size[0], channels, size[1], size[2]));
        var calls = RecordingJoiner.Join(recordings);
        var graph = new OnnxGraph();
        string[] sizes = side is { } fixedSide ? ["1", Text(fixedSide), Text(fixedSide)] : ["batch", "height", "width"];
        var images = AddInputs(graph, model, options, sizes);
        // Sides that the network does not take are filled up at the right and bottom, and cut off again.
        var isFilled = side is null && network.SizeMultiple > 1;
        var translator = new OperatorTranslator(
            graph, RecordingJoiner.Join([.. recordings.Select(recording => recording.Input)]),
            isFilled ? FillUp(graph, images, network.SizeMultiple) : images);
        foreach (var call in calls)
            translator.Add(call);
        var logits = translator.NameOf(recordings[0].Output);
        AddOutput(graph, model, isFilled ? CutTo(graph, logits, images) : logits, sizes);
        foreach (var (key, value) in model.Header.ToMetadata())
            graph.Metadata[key] = value;
        graph.Metadata[VersionKey] = Version;
        graph.Metadata[SizesKey] = side is null ? AnySize : $"{side} x {side}";
        return graph;
    }

    private static string AddInputs(OnnxGraph graph, ModelFile model, OnnxExportOptions options, string[] sizes)
    {
        // A face parser sees all of the face.
        var preprocessing = IsParser(model) ? model.Preprocessing with { Masked = false } : model.Preprocessing;
        if (options.WithPreprocessing)
            return OnnxPreprocessing.Add(graph, Image, sizes, preprocessing);
        graph.Inputs.Add(
            new OnnxValue(Image, DType.Float32, sizes[0], Text(model.Network.Options.InChannels), sizes[1], sizes[2]));
        return Image;
    }

    // As Padding does, for pictures larger than what is missing.
    private static string FillUp(OnnxGraph graph, string images, int multiple)
    {
        var size = graph.Add("Shape", [images], ("start", 2L));
        var missing = graph.Add("Mod", [graph.Add("Neg", [size]), graph.Integer(multiple)]);
        var pads = graph.Add("Concat", [graph.Integers(0, 0, 0, 0, 0, 0), missing], ("axis", 0L));
        return graph.Add("Pad", [images, pads], ("mode", "reflect"));
    }

    private static string CutTo(OnnxGraph graph, string logits, string images) => graph.Add(
        "Slice",
        [logits, graph.Integers(0, 0), graph.Add("Shape", [images], ("start", 2L)), graph.Integers(2, 3)]);

    private static void AddOutput(OnnxGraph graph, ModelFile model, string logits, string[] sizes)
    {
        var classes = model.Network.Options.OutChannels;
        if (!HasProbabilities(model))
        {
            graph.AddOutput(Output(Logits, classes), "Identity", [logits]);
        }
        else if (classes > 2)
        {
            graph.AddOutput(Output(Probabilities, classes), "Softmax", [logits], ("axis", 1L));
        }
        else
        {
            // Two logits are background and wrinkle: their softmax is the sigmoid of the difference.
            var logit = classes == 2 ? graph.Add("Sub", [Channel(1), Channel(0)]) : logits;
            graph.AddOutput(Output(Probabilities, 1), "Sigmoid", [logit]);
        }

        OnnxValue Output(string name, int channels) =>
            new(name, DType.Float32, sizes[0], Text(channels), sizes[1], sizes[2]);

        string Channel(long number) => graph.Add(
            "Slice", [logits, graph.Integers(number), graph.Integers(number + 1), graph.Integers(1)]);
    }

    private static bool HasProbabilities(ModelFile model) =>
        model.Network is not SwinMim && (IsParser(model) || !model.Metadata.ContainsKey(NetworkHeader.ObjectiveKey));

    private static bool IsParser(ModelFile model) => model.Network.Options.OutChannels == FaceParser.ClassCount;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static long RoundUp(long size, int multiple) => (size + multiple - 1) / multiple * multiple;

    private static string Version =>
        typeof(OnnxExporter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];
}

/// <summary>How a network is exported.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>
    /// Side in pixels of the square images that the graph takes, one at a time. Unless given, any size and number where
    /// the network allows it, else the size that it was trained on.
    /// </summary>
    public int? Size { get; init; }

    /// <summary>Whether the graph takes faces as bytes, and computes texture map, masking and scaling.</summary>
    public bool WithPreprocessing { get; init; }
}

/// <summary>What was exported.</summary>
/// <param name="Size">Side in pixels of the images that the graph takes; null where it takes any size.</param>
/// <param name="Inputs">Names of the graph's inputs.</param>
/// <param name="Output">Name of its output: <c>probabilities</c> or <c>logits</c>.</param>
public sealed record OnnxExport(int? Size, IReadOnlyList<string> Inputs, string Output);
