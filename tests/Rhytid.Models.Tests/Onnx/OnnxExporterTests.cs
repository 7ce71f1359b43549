using Microsoft.ML.OnnxRuntime;
using Rhytid.Faces;
using Rhytid.Faces.Parsing;
using Rhytid.Imaging;
using Rhytid.Inference;
using Rhytid.Networks;
using Rhytid.Segmentation.Networks;
using Rhytid.Shipped;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Xunit.Abstractions;

namespace Rhytid.Models.Tests.Onnx;

/// <summary>Exported networks in ONNX Runtime against the toolkit itself.</summary>
[Collection(ModelTests.OneAtATime)]
public sealed class OnnxExporterTests(ITestOutputHelper output) : IDisposable
{
    private const double Tolerance = 1e-4;
    private const double ShareOfRange = 1e-3;

    // Winograd's rounding, through the large logits of random residual networks, comes near the tolerance by itself.
    private static readonly InferenceSettings Settings = new() { Precision = Precision.F32, FastConvolutions = false };
    private static readonly Dictionary<string, string> NoMetadata = [];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(ModelContractTests.Models), MemberType = typeof(ModelContractTests))]
    public void Every_architecture_gives_the_toolkits_probabilities(string id, string choice)
    {
        using var scope = TensorScope.Begin();
        var preprocessing = Preprocessing.For(id, channels: 4) with { Size = 128 };
        var model = new ModelFile(id, ModelContractTests.Create(id, choice), preprocessing, NoMetadata);
        var export = Export(model);
        Assert.Equal(id.StartsWith("swin", StringComparison.Ordinal) ? 128 : null, export.Size);
        using var toolkit = new InferenceSession(model.Network, Settings);
        (int, int, int)[] sizes = export.Size is null ? [(1, 96, 64), (2, 75, 118)] : [(1, 128, 128)];
        foreach (var (batch, height, width) in sizes)
        {
            var images = GoldenWeights.Input(batch, 4, height, width);
            var logits = toolkit.Run(images);
            var expected = id == "swin-mim"
                ? logits
                : (logits.Narrow(1, 1, 1) - logits.Narrow(1, 0, 1)).Sigmoid();
            var actual = Run(id == "swin-mim" ? "logits" : "probabilities", ("image", Input(images)));
            AssertClose(expected.ToArray<float>(), actual);
        }
    }

    [Theory]
    [InlineData(3, false, false)]
    [InlineData(3, true, false)]
    [InlineData(4, false, true)]
    [InlineData(4, true, true)]
    [InlineData(4, true, false)]
    public void Bytes_are_preprocessed_in_the_graph(int channels, bool masked, bool wholeTexture)
    {
        using var scope = TensorScope.Begin();
        TorchRuntime.Seed(5);
        var network = ModelCatalog.Create("unet", new ModelOptions { InChannels = channels, Width = 4 });
        var preprocessing = Preprocessing.Moon(channels, masked) with { Size = 150, WholeTexture = wholeTexture };
        var model = new ModelFile("unet", network, preprocessing, NoMetadata);
        var (face, skin) = (Face(150, 120), Ellipse(150, 120));
        var export = Export(model, withPreprocessing: true);
        var usesSkin = masked || (channels == 4 && !wholeTexture);
        Assert.Equal(usesSkin ? ["image", "skin"] : ["image"], export.Inputs);
        var inputs = new[] { ("image", Input(face)), ("skin", Input(skin)) };
        AssertEqualsSegmenter(model, face, skin, Run("probabilities", inputs[..export.Inputs.Count]));
    }

    [Theory]
    [InlineData(ShippedModels.WrinkleModel)]
    [InlineData(ShippedModels.OpenWrinkleModel)]
    public void The_networks_that_ship_find_the_same_wrinkles(string file)
    {
        using var scope = TensorScope.Begin();
        var model = Shipped(file, size: 208);
        var face = Face(208, 200);
        Assert.Equal(["image"], Export(model, withPreprocessing: true).Inputs);
        var actual = Run("probabilities", ("image", Input(face)));
        AssertEqualsSegmenter(model, face, Ellipse(208, 200), actual);
        Assert.InRange(actual.Max(), 0.5f, 1); // there are wrinkles on the portrait
    }

    [Fact]
    public void The_face_parser_that_ships_names_the_same_parts()
    {
        using var scope = TensorScope.Begin();
        var model = Shipped(ShippedModels.FaceParser, size: 128);
        var face = Face(128, 128);
        Export(model, withPreprocessing: true);
        var actual = Run("probabilities", ("image", Input(face)));
        using var parser = new FaceParser(model.ForInference(Settings));
        var expected = parser.Probabilities(
            face, [.. Enumerable.Range(0, FaceParser.ClassCount).Select(i => new[] { i })]);
        AssertClose([.. expected.SelectMany(plane => plane.Samples.ToArray())], actual);
    }

    [Fact]
    public void The_face_mesh_finds_the_same_points()
    {
        var weights = Path.Combine(Repository.Root, "models", ShippedModels.FaceMesh);
        Assert.Equal(192, FaceMeshExporter.Export(weights, _folder["model.onnx"], withPreprocessing: true).Size);
        var face = Face(192, 192);
        using var file = SafetensorsFile.Open(weights);
        using var network = FaceMeshLayers.Create(new NetworkWeights(file.Tensors));
        var expected = network.RunAll(
            Array.ConvertAll(face.Samples.ToArray(), level => level / 255f), 192, 192, CancellationToken.None);
        // x and y from the corner of the first pixel, in pixels
        var points = Run("points", ("image", Input(face)))
            .Select((place, i) => (place - (i % 3 < 2 ? 0.5f : 0)) / 192);
        AssertClose([.. expected[0].Select(place => place / 192)], [.. points]);
        AssertClose([1 / (1 + MathF.Exp(-expected[1][0])), 0], [.. Run("score", ("image", Input(face))), 0]);
    }

    [Fact]
    public void The_texture_map_is_the_toolkits_to_the_last_level()
    {
        var face = Face(300, 280);
        var graph = new OnnxGraph();
        var channels = OnnxPreprocessing.Add(
            graph, "image", ["1", "height", "width"],
            new Preprocessing
            {
                Mean = [0, 0, 0, 0],
                Deviation = [1 / 255.0, 1 / 255.0, 1 / 255.0, 1 / 255.0],
                WholeTexture = true
            });
        graph.AddOutput(new OnnxValue("channels", DType.Float32, "1", "4", "height", "width"), "Identity", [channels]);
        using (var stream = File.Create(_folder["model.onnx"]))
            OnnxWriter.Write(graph, stream);
        var actual = Run("channels", ("image", Input(face)))[(3 * 300 * 280)..];
        Assert.Equal(
            Rhytid.Textures.TextureMap.Compute(face.ToGray()).Samples.ToArray(),
            Array.ConvertAll(actual, level => (byte)level));
    }

    [Fact]
    public void The_file_knows_its_network()
    {
        using var scope = TensorScope.Begin();
        var model = Shipped(ShippedModels.WrinkleModel, size: 512);
        Assert.Equal(128, Export(model, size: 128).Size);
        using var session = new Microsoft.ML.OnnxRuntime.InferenceSession(_folder["model.onnx"]);
        Assert.Equal([1, 4, 128, 128], session.InputMetadata["image"].Dimensions);
        Assert.Equal([1, 1, 128, 128], session.OutputMetadata["probabilities"].Dimensions);
        var header = NetworkHeader.Read("model.onnx", session.ModelMetadata.CustomMetadataMap);
        Assert.Equal(("resnet18-fine", 0.4), (header.Model, header.Preprocessing.Threshold));
        Assert.Contains("recipe wrinkle", header.Metadata[NetworkHeader.SourceKey], StringComparison.Ordinal);
        Assert.Equal(("0.1.0", "128 x 128"), (header.Metadata["rhytid.version"], header.Metadata["rhytid.sizes"]));
    }

    [Fact]
    public void What_cannot_be_exported_is_refused_in_a_line()
    {
        using var scope = TensorScope.Begin();
        using var model = Shipped(ShippedModels.WrinkleModel, size: 512);
        Assert.Contains("multiples of 16, not 100", Refusal(model, size: 100), StringComparison.Ordinal);
        var pretrained = model with
        {
            Metadata = new Dictionary<string, string> { [NetworkHeader.ObjectiveKey] = "texture" }
        };
        Assert.Contains("pre-trained", Refusal(pretrained, withPreprocessing: true), StringComparison.Ordinal);
        model.Network.Parameters.Optimize(new InferenceOptions());
        Assert.Contains("load it again", Refusal(model), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private static ModelFile Shipped(string file, int size)
    {
        var model = ModelFile.Load(Path.Combine(Repository.Root, "models", file));
        return model with { Preprocessing = model.Preprocessing with { Size = size } };
    }

    private static Image Face(int width, int height) =>
        Image.Load(Path.Combine(Repository.Root, "samples", "portrait.png")).Resize(width, height, Interpolation.Area);

    private static Mask Ellipse(int width, int height)
    {
        var mask = new Mask(width, height);
        for (var i = 0; i < mask.Samples.Length; i++)
        {
            var (x, y) = ((2.0 * (i % width) / width) - 1, (2.0 * (i / width) / height) - 1);
            mask.Samples[i] = (x * x) + (y * y) < 0.6 ? (byte)255 : (byte)0;
        }
        return mask;
    }

    private OnnxExport Export(ModelFile model, bool withPreprocessing = false, int? size = null) => OnnxExporter.Export(
        model, _folder["model.onnx"], new OnnxExportOptions { WithPreprocessing = withPreprocessing, Size = size });

    private string Refusal(ModelFile model, bool withPreprocessing = false, int? size = null) =>
        Assert.Throws<ArgumentException>(() => Export(model, withPreprocessing, size)).Message;

    private void AssertEqualsSegmenter(ModelFile model, Image face, Mask skin, float[] actual)
    {
        using var segmenter = new NetworkSegmenter(model.ForInference(Settings));
        var expected = segmenter.Probabilities(FaceImage.FromAligned(face), skin);
        AssertClose(expected.Samples.ToArray(), actual);
    }

    private void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var largest = expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max();
        var range = expected.Max() - expected.Min();
        output.WriteLine($"largest difference {largest:0.0e+0}, range of the values {range:0.000}");
        // Untrained networks give much the same everywhere: where the range is small, so is a mistake.
        Assert.InRange(largest, 0, Math.Min(Tolerance, ShareOfRange * range));
    }

    private static OrtValue Input(Tensor images) =>
        OrtValue.CreateTensorValueFromMemory(images.ToArray<float>(), images.Shape);

    private static OrtValue Input(Image face) =>
        OrtValue.CreateTensorValueFromMemory(face.Samples.ToArray(), [1, face.Height, face.Width, 3]);

    private static OrtValue Input(Mask skin) =>
        OrtValue.CreateTensorValueFromMemory(skin.Samples.ToArray(), [1, skin.Height, skin.Width]);

    private float[] Run(string name, params (string Name, OrtValue Value)[] inputs)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        using var session = new Microsoft.ML.OnnxRuntime.InferenceSession(_folder["model.onnx"], options);
        using var run = new RunOptions();
        using var results = session.Run(
            run, [.. inputs.Select(input => input.Name)], [.. inputs.Select(input => input.Value)], [name]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
