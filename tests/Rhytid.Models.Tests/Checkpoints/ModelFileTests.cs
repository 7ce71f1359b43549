using Rhytid.Networks;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Torch.Serialization;

namespace Rhytid.Models.Tests.Checkpoints;

public sealed class ModelFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_saved_network_comes_back_with_everything()
    {
        using var scope = TensorScope.Begin();
        var options = new ModelOptions { Width = 8, InChannels = 4, OutChannels = 2 };
        var preprocessing = Preprocessing.Moon(4, masked: true) with { Size = 512, Threshold = 0.3 };
        using var network = ModelCatalog.Create("unet", options);
        var path = _folder["model.safetensors"];
        new ModelFile("unet", network, preprocessing, new Dictionary<string, string> { ["data"] = "drawn" }).Save(path);

        using var loaded = ModelFile.Load(path);
        Assert.Equal("unet", loaded.Model);
        Assert.Equal(options, loaded.Network.Options);
        Assert.Equal(512, loaded.Preprocessing.Size);
        Assert.Equal(preprocessing.Mean, loaded.Preprocessing.Mean);
        Assert.Equal(0.3, loaded.Preprocessing.Threshold);
        Assert.True(loaded.Preprocessing.Masked);
        Assert.Equal("drawn", loaded.Metadata["data"]);
        var image = Tensor.Randn([1, 4, 32, 32]);
        Assert.Equal(network.Forward(image).ToArray<float>(), loaded.Network.Forward(image).ToArray<float>());
    }

    // binary16 has 11 significant bits: a weight is off by 2^-11 of itself at most.
    [Fact]
    public void Half_precision_halves_the_file_and_rounds_weights_but_no_statistics()
    {
        using var scope = TensorScope.Begin();
        using var network = ModelCatalog.Create("resnet18-fine", new ModelOptions { Width = 8 });
        var model = new ModelFile(
            "resnet18-fine", network, Preprocessing.Moon(3, masked: false) with { WholeTexture = true },
            new Dictionary<string, string>());
        model.Save(_folder["full.safetensors"]);

        model.Save(_folder["half.safetensors"], half: true);

        Assert.InRange(
            (double)new FileInfo(_folder["half.safetensors"]).Length / new FileInfo(_folder["full.safetensors"]).Length,
            0.4, 0.75);
        using var loaded = ModelFile.Load(_folder["half.safetensors"]);
        Assert.True(loaded.Preprocessing.WholeTexture);
        foreach (var (expected, actual) in network.Parameters.Entries.Zip(loaded.Network.Parameters.Entries))
        {
            var (a, b) =
                (expected.Tensor.To(DType.Float32).ToArray<float>(), actual.Tensor.To(DType.Float32).ToArray<float>());
            for (var i = 0; i < a.Length; i++)
                Assert.True(
                    Math.Abs(a[i] - b[i]) <= (expected.IsBuffer ? 0 : (Math.Abs(a[i]) / 2048) + 6e-8f),
                    $"{expected.Name}[{i}]: {a[i]} became {b[i]}");
        }
    }

    [Theory]
    [InlineData("rhytid.format", "rhytid.model/9", "this version reads")]
    [InlineData("rhytid.model", "vnet", "there is no model 'vnet'")]
    [InlineData("rhytid.options", "{\"inChannels\": 3, \"colour\": 1}", "colour")]
    [InlineData("rhytid.options", "{\"inChannels\": 5, \"outChannels\": 1}", "5")]
    [InlineData(
        "rhytid.preprocessing", "{\"mean\": [0.5], \"deviation\": [0.5]}",
        "1 means and 1 deviations for 3 input channels")]
    [InlineData("rhytid.preprocessing", "{\"deviation\": [0, 1, 1]}", "deviation of 0")]
    [InlineData("rhytid.preprocessing", "[]", "rhytid.preprocessing cannot be read")]
    [InlineData("rhytid.options", "{\"inChannels\": 3, \"outChannels\": 1, \"width\": 16}", "does not fit the network")]
    public void Metadata_that_is_not_understood_is_refused_in_one_line(string key, string value, string expected)
    {
        using var network = ModelCatalog.Create("unet", new ModelOptions { Width = 8 });
        var path = _folder["model.safetensors"];
        new ModelFile("unet", network, Preprocessing.Moon(3, masked: false), new Dictionary<string, string>()).Save(
            path);
        var damaged = _folder["damaged.safetensors"];
        using (var file = SafetensorsFile.Open(path))
            SafetensorsWriter.Write(
                damaged, file.Tensors,
                file.Metadata.ToDictionary(pair => pair.Key, pair => pair.Key == key ? value : pair.Value));
        var error = Assert.Throws<CheckpointException>(() => ModelFile.Load(damaged));
        Assert.Contains(expected, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [SkippableFact]
    public void Weights_of_an_unknown_network_are_read_but_not_used()
    {
        var path = Repository.SharedWeights("face_parsing_unet_simonenkel.pth");
        using var file = CheckpointFile.Open(path);
        Assert.Equal(26, file.Tensors.Count);
        Assert.Null(ModelMatcher.Find(file.Tensors));
        Assert.Contains(
            "does not say of which network", Assert.Throws<CheckpointException>(() => ModelFile.Load(path)).Message);
    }

    [Theory]
    [InlineData("unet", 3, 1)]
    [InlineData("wds-unet", 4, 2)]
    [InlineData("striped-wrinet", 3, 2)]
    public void Weights_are_recognised_by_names_and_shapes(string model, int inChannels, int outChannels)
    {
        using var scope = TensorScope.Begin();
        using var network = ModelCatalog.Create(
            model, new ModelOptions { InChannels = inChannels, OutChannels = outChannels }, initialize: false);
        var found =
            ModelMatcher.Find(
                [.. network.Parameters.Entries.Select(entry => entry.Tensor.ToStored("module." + entry.Name))]);
        Assert.Equal(
            (model, inChannels, outChannels), (found?.Model, found?.Options.InChannels, found?.Options.OutChannels));
    }
}
