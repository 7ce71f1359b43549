using Rhytid.Faces;
using Rhytid.Networks;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Torch.Serialization;

namespace Rhytid.Models.Tests;

/// <summary>
/// The encoder of <c>resnet18-fine</c> out of ONNX models, beside what PyTorch computes from their graphs
/// (tests/Golden/make_onnx.py).
/// </summary>
[Collection(ModelTests.OneAtATime)]
public sealed class ResNetFineTests : IDisposable
{
    private const int SmallWidth = 4;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_weight_of_an_onnx_classifier_finds_its_place()
    {
        using var scope = TensorScope.Begin();
        using var network = Create(SmallWidth);

        var report = Import(GoldenFolder.PathOf("onnx", "residual.onnx"), network);

        Assert.Equal(["layer4.0.downsample.0.weight"], report.Unused);
        Assert.All(
            report.Kept.Where(name => name.StartsWith("encoder.", StringComparison.Ordinal)),
            name => Assert.EndsWith("num_batches_tracked", name, StringComparison.Ordinal));
        var copied =
            network.Parameters.Entries.Where(
                entry =>
                    entry.Name.StartsWith("encoder.", StringComparison.Ordinal) && entry.Tensor.DType == DType.Float32)
                        .ToList();
        Assert.Equal(
            copied.Select(entry => entry.Name).Order(StringComparer.Ordinal),
            report.Copied.Order(StringComparer.Ordinal));
        // The first convolution was written for BGR levels.
        foreach (var entry in copied)
            GoldenFolder.AssertClose(
                GoldenFormula.Values(entry.Name, entry.Tensor.Shape), entry.Tensor.ToArray<float>(),
                entry.Name == "encoder.conv1.weight" ? 1e-6 : 0, entry.Name);
    }

    // The graph pads (3, 3, 2, 2) and (1, 1, 0, 0), the encoder evenly; the graph takes BGR levels less their mean.
    [Fact]
    public void Features_are_those_of_the_graph()
    {
        using var scope = TensorScope.Begin();
        using var mode = Autograd.NoGrad();
        using var network = Create(SmallWidth);
        Import(GoldenFolder.PathOf("onnx", "residual.onnx"), network);

        var maps = Features(network, GoldenWeights.Input(1, 3, 64, 64));

        Assert.Equal(4, maps.Count);
        for (var i = 0; i < maps.Count; i++)
        {
            var (shape, expected) = NpyFile.Read(GoldenFolder.PathOf("onnx", $"residual.map{i}.npy"));
            Assert.Equal(shape, maps[i].Shape);
            GoldenFolder.AssertClose(expected, maps[i].ToArray<float>(), 1e-5, $"map {i}");
        }
    }

    // Strides of 2 leave the last row and column of an even padding unread where sides are even, and only there.
    [Theory]
    [InlineData(7, 32, 48, true)]
    [InlineData(3, 32, 48, true)]
    [InlineData(7, 31, 48, false)]
    [InlineData(3, 32, 47, false)]
    public void Even_padding_reads_what_uneven_padding_reads_where_sides_are_even(
        int kernel, int height, int width, bool isSame)
    {
        using var scope = TensorScope.Begin();
        var images = GoldenWeights.Input(2, 3, height, width);
        var weight = Tensor.From(GoldenFormula.Values("some.weight", 4, 3, kernel, kernel), 4, 3, kernel, kernel);
        var before = kernel / 2;
        // One more before than after: the picture lies at (before, before) of a larger one.
        var padded = Tensor.Zeros([2, 3, height + (2 * before) - 1, width + (2 * before) - 1]);
        padded.Narrow(2, before, height).Narrow(3, before, width).CopyFrom(images);

        var uneven = padded.Conv2d(weight, null, 2, 0, 1);
        var even = images.Conv2d(weight, null, 2, before, 1);

        Assert.Equal(isSame, uneven.Shape.AsSpan().SequenceEqual(even.Shape));
        if (isSame)
            GoldenFolder.AssertClose(uneven.ToArray<float>(), even.ToArray<float>(), 1e-6, "even padding");
    }

    [Fact]
    public void An_onnx_model_that_is_no_such_network_is_refused()
    {
        using var scope = TensorScope.Begin();
        using var network = Create(SmallWidth);
        using var wide = Create(width: 8);
        var before = network.Parameters.Find("encoder.conv1.weight")!.Tensor.ToArray<float>();

        Assert.Contains(
            "encoder.conv1.weight is (2, 1, 3, 3) in the file, (4, 3, 7, 7) in the network",
            Refusal("small.onnx", network), StringComparison.Ordinal);
        Assert.Contains(
            "encoder.conv1.weight is (4, 3, 7, 7) in the file, (8, 3, 7, 7) in the network",
            Refusal("residual.onnx", wide), StringComparison.Ordinal);
        Assert.Equal(before, network.Parameters.Find("encoder.conv1.weight")!.Tensor.ToArray<float>());
    }

    // Weights of half precision are not read; an encoder that is random in part would look like a filled one.
    [Fact]
    public void A_model_that_lacks_a_part_is_refused()
    {
        using var scope = TensorScope.Begin();
        using var network = Create(SmallWidth);
        var bytes = File.ReadAllBytes(GoldenFolder.PathOf("onnx", "residual.onnx"));
        // "P45", a weight of the third layer, is renamed where it is stored; the graph still asks for it.
        bytes[bytes.AsSpan().LastIndexOf("P45"u8) + 2] = (byte)'x';
        File.WriteAllBytes(_folder["part.onnx"], bytes);

        Assert.Contains(
            "is not in the file",
            Assert.Throws<CheckpointException>(() => Import(_folder["part.onnx"], network)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Torchvisions_names_fill_it_too_and_leave_the_last_layer_over()
    {
        using var scope = TensorScope.Begin();
        using var source = Create(SmallWidth);
        using var target = Create(SmallWidth);
        var tensors =
            source.Parameters.Entries.Where(entry => entry.Name.StartsWith("encoder.", StringComparison.Ordinal))
                .Select(entry => entry.Tensor.ToStored(entry.Name["encoder.".Length..]));
        SafetensorsWriter.Write(
            _folder["resnet18.safetensors"],
            [.. tensors, Tensor.Ones([5]).ToStored("layer4.0.bn1.weight"), Tensor.Ones([5]).ToStored("fc.bias")]);

        var report = Import(_folder["resnet18.safetensors"], target);

        Assert.Equal(["fc.bias", "layer4.0.bn1.weight"], report.Unused.Order(StringComparer.Ordinal));
        Assert.Equal(
            source.Parameters.Find("encoder.conv1.weight")!.Tensor.ToArray<float>(),
            target.Parameters.Find("encoder.conv1.weight")!.Tensor.ToArray<float>());
    }

    [Fact]
    public void It_takes_colour_or_more_and_starts_from_imagenets_mean()
    {
        Assert.Contains(
            "the network takes colour: 3 channels or more, not 2",
            Assert.Throws<ArgumentException>(
                () => ModelCatalog.Create("resnet18-fine", new ModelOptions { InChannels = 2 })).Message,
            StringComparison.Ordinal);
        using var network = Create(SmallWidth);
        // The package's mean image: red, green, blue.
        Assert.Equal(
            [(123.15163f / 127.5f) - 1, (115.902885f / 127.5f) - 1, (103.06262f / 127.5f) - 1],
            network.Parameters.Find("mean")!.Tensor.ToArray<float>());
    }

    // Of the package Microsoft.ML.DnnImageFeaturizer.ResNet18, where somebody has it.
    [SkippableFact]
    public void The_packages_encoder_sees_the_portrait_as_its_graph_does()
    {
        using var scope = TensorScope.Begin();
        using var mode = Autograd.NoGrad();
        using var network = Create(ResNetLayout.PublishedWidth);
        var report = Import(PackagedModel(), network);
        Assert.Empty(report.Reinitialized);
        Assert.Contains("layer4.1.conv2.weight", report.Unused);

        var maps = Features(
            network,
            NetworkImage.Normalize(
                Portrait.ShrunkByPillow(), texture: null, inside: null,
                Preprocessing.Moon(3, masked: false)).ToTensor().Contiguous());

        var golden = GoldenFolder.Json("onnx", "imagenet.json").GetProperty("maps").EnumerateArray().ToList();
        Assert.Equal(golden.Count, maps.Count);
        foreach (var (map, expected) in maps.Zip(golden))
        {
            Assert.Equal(expected.GetProperty("shape").Longs(), map.Shape);
            var (values, largest) = (map.ToArray<float>(), expected.GetProperty("max").GetDouble());
            Assert.Equal(largest, values.Max(), 1e-4 * largest);
            Assert.Equal(
                expected.GetProperty("mean").GetDouble(), values.Average(value => (double)value), 1e-5 * largest);
            foreach (var (place, value) in expected.GetProperty("places")
                .EnumerateArray()
                .Zip(expected.GetProperty("values").EnumerateArray()))
            {
                var (channel, y, x) = (place[0].GetInt64(), place[1].GetInt64(), place[2].GetInt64());
                Assert.Equal(
                    value.GetDouble(), values[(((channel * map.Size(2)) + y) * map.Size(3)) + x], 1e-4 * largest);
            }
        }
    }

    private static ResNetFine Create(int width) =>
        (ResNetFine)ModelCatalog.Create(
            "resnet18-fine", new ModelOptions { InChannels = 4, OutChannels = 1, Width = width });

    private static LoadReport Import(string path, Network network)
    {
        using var file = CheckpointFile.Open(path);
        return CheckpointImporter.Import(file, path, network, ImportOptions.ResNetEncoder(file.Format));
    }

    private static string Refusal(string name, Network network) =>
        Assert.Throws<CheckpointException>(() => Import(GoldenFolder.PathOf("onnx", name), network)).Message;

    // The network's encoder alone, on colour as v / 127.5 - 1.
    private static IReadOnlyList<Tensor> Features(ResNetFine network, Tensor colour)
    {
        using var store = new ParameterStore(initialize: false);
        var encoder = new ResNetEncoder(
            store.Root / "encoder", ResNetLayout.ResNet18Cut, 3, network.Options.Width!.Value);
        foreach (var entry in store.Entries)
            entry.Tensor.CopyFrom(network.Parameters.Find(entry.Name)!.Tensor);
        store.Eval();
        return encoder.Forward(colour - network.Parameters.Find("mean")!.Tensor);
    }

    private static string PackagedModel()
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var file = Path.Combine(
            packages, "microsoft.ml.dnnimagefeaturizer.resnet18", "0.23.1", "tools", "DnnImageModels", "ResNet18Onnx",
            "ResNet18.onnx");
        Skip.IfNot(File.Exists(file), "the NuGet package Microsoft.ML.DnnImageFeaturizer.ResNet18 0.23.1 is not here");
        return file;
    }
}
