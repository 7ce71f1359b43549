using Rhytid.Models;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Torch.Serialization;
using Rhytid.Training.Recipes;
using Rhytid.Training.Runs;
using Rhytid.Training.Tests.Runs;

namespace Rhytid.Training.Tests.Recipes;

// The seed belongs to the whole process.
[Collection(Alone.Name)]
public sealed class FreezeEncoderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FreezeEncoderTests()
    {
        LineSet.Pack(_folder.Path, 6).Dispose();
        LineSet.Split(_folder["split"], 6, 4);
    }

    public void Dispose() => _folder.Dispose();

    // Sandu: none, all, or all but layer 3 and layer 4.
    [Theory]
    [InlineData("sandu-unet", "none", "")]
    [InlineData("sandu-unet", "all", "input_layer encoder1 encoder2 encoder3 encoder4")]
    [InlineData("sandu-unet", "all-but-last-2", "input_layer encoder1 encoder2")]
    [InlineData("resnet18-fine", "all-but-last-2", "encoder.conv1 encoder.bn1 encoder.layer1")]
    [InlineData("resnet50-unet", "all", "encoder")]
    [InlineData("unetpp-resnet50", "all-but-last-2", "encoder.conv1 encoder.bn1 encoder.layer1 encoder.layer2")]
    public void Frozen_stages_keep_weights_and_statistics_and_the_rest_is_trained(string model, string value, string frozen)
    {
        var recipe = RecipeBook.Load(
            "sandu-unet", ("model", model), ("freeze-encoder", value), ("width", "4"),
            ("input.size", $"{LineSet.Side}"),
            ("epochs", "1"), ("batch", "4"), ("optimizer.learning-rate", "0.01"), ("average", "0.9"));
        using var scope = TensorScope.Begin();
        TorchRuntime.Seed((ulong)recipe.Seed);
        using var network = ModelCatalog.Create(recipe.Model, recipe.ModelOptions);

        new TrainingRun(
            recipe,
            new TrainingRunOptions
            {
                Pack = _folder["pack"],
                Splits = _folder["split"],
                Folder = _folder["run"]
            }).Run();

        string[] places = frozen.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        using var best = SafetensorsFile.Open(_folder["run/best.safetensors"]);
        List<string> changed = [.. network.Parameters.Entries
            .Where(entry => !best[entry.Name].Bytes.ToArray().SequenceEqual(entry.Tensor.ToStored("").Bytes.ToArray()))
            .Select(entry => entry.Name)];
        Assert.DoesNotContain(
            changed, name => places.Any(place => name.StartsWith(place + ".", StringComparison.Ordinal)));
        // Each other layer has something that moved; a constant mean does not.
        string[] others =
        [
            .. network.Parameters.Entries.Select(entry => string.Join('.', entry.Name.Split('.')[..^1])).Distinct()
                .Where(layer =>
                    layer.Length > 0
                        && !places.Any(place => (layer + ".").StartsWith(place + ".", StringComparison.Ordinal)))];
        Assert.All(
            others, layer => Assert.Contains(changed, name => name.StartsWith(layer + ".", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("unet")]
    [InlineData("striped-wrinet")]
    public void A_network_without_stages_is_refused(string model) =>
        Assert.Contains(
            $"{model} cannot be built like that: it has no ResNet or Swin encoder whose stages could be frozen",
            Assert.Throws<RecipeException>(
                () => RecipeBook.Load("sandu-unet", ("model", model), ("freeze-encoder", "all"))).Message,
                    StringComparison.Ordinal);

    [Fact]
    public void The_transformer_of_swin_unetr_has_stages_too()
    {
        using var network = ModelCatalog.Create("swin-unetr", new ModelOptions { Width = 6, Window = 4 });

        network.FreezeEncoder(EncoderFreezing.AllButLastTwo);

        string[] frozen = ["swinViT.patch_embed.", "swinViT.layers1.", "swinViT.layers2."];
        Assert.All(network.Parameters.Parameters, entry =>
            Assert.Equal(
                frozen.Any(place => entry.Name.StartsWith(place, StringComparison.Ordinal)),
                !entry.Tensor.RequiresGrad));
    }
}
