using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Torch.Serialization;
using Rhytid.Training.Recipes;

namespace Rhytid.Training.Tests.Recipes;

// The seed belongs to the whole process.
[Collection(Alone.Name)]
public sealed class InitialOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Of masked image modelling the transformer alone is carried over.
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Swin_unetr_takes_the_transformer_of_its_pre_training(int channels)
    {
        using var scope = TensorScope.Begin();
        TorchRuntime.Seed(1);
        var path = _folder["best.safetensors"];
        using var first = new ModelFile(
            "swin-mim",
            ModelCatalog.Create(
                "swin-mim", new ModelOptions { InChannels = 4, OutChannels = 3, Width = 6, Window = 4 }),
            Preprocessing.Moon(4, masked: false) with { Size = 64 }, new Dictionary<string, string>());
        first.Save(path);
        using var network = ModelCatalog.Create(
            "swin-unetr", new ModelOptions { InChannels = channels, OutChannels = 2, Width = 6, Window = 4 });
        var before = network.Parameters.Entries.ToDictionary(entry => entry.Name, entry => Bytes(entry.Tensor));
        var pretrained = first.Network.Parameters.Entries.ToDictionary(
            entry => entry.Name, entry => Bytes(entry.Tensor));

        using var file = CheckpointFile.Open(path);
        var report = CheckpointImporter.Import(
            file, path, network, RecipeBook.Load("moon-swin-unetr-mim-rgb").Initial!.ToImport());

        const string Embedding = "swinViT.patch_embed.proj.weight";
        foreach (var entry in network.Parameters.Entries.Where(entry => channels == 3 || entry.Name != Embedding))
            Assert.Equal(
                entry.Name.StartsWith("swinViT.", StringComparison.Ordinal)
                    ? pretrained[entry.Name]
                    : before[entry.Name],
                Bytes(entry.Tensor));
        Assert.Equal(
            before.Keys.Count(name => name.StartsWith("swinViT.", StringComparison.Ordinal)),
            report.Copied.Count + report.Adapted.Count);
        Assert.Equal(
            before.Keys.Count(name => !name.StartsWith("swinViT.", StringComparison.Ordinal)), report.Kept.Count);
        Assert.Equal(channels == 3 ? [] : [Embedding], report.Adapted.Select(tensor => tensor.Name));
        Assert.Empty(report.Reinitialized);
        Assert.Contains(report.Unused, name => name.EndsWith("mask_token", StringComparison.Ordinal));
    }

    // The recipe says "encoder"; which names and levels the file has, its kind says.
    [Fact]
    public void A_res_net_takes_the_encoder_of_an_onnx_classifier()
    {
        using var scope = TensorScope.Begin();
        var path = GoldenFolder.PathOf("onnx", "residual.onnx");
        using var network = ModelCatalog.Create(
            "resnet18-fine", new ModelOptions { InChannels = 4, OutChannels = 1, Width = 4 });

        using var file = CheckpointFile.Open(path);
        var report = CheckpointImporter.Import(
            file, path, network, RecipeBook.Load("moon-resnet50-unet").Initial!.ToImport(file.Format));

        Assert.Equal(["layer4.0.downsample.0.weight"], report.Unused);
        const string Last = "encoder.layer3.1.bn2.running_var";
        Assert.Equal(GoldenFormula.Values(Last, 16), network.Parameters.Find(Last)!.Tensor.ToArray<float>());
    }

    private static byte[] Bytes(Tensor tensor) => tensor.ToStored("").Bytes.ToArray();
}
