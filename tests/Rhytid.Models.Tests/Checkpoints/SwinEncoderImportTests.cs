using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Torch.Serialization;

namespace Rhytid.Models.Tests.Checkpoints;

/// <summary>A Swin-T of ImageNet starts swin-unetr-t, whatever it calls its tensors.</summary>
[Collection(ModelTests.OneAtATime)]
public sealed class SwinEncoderImportTests : IDisposable
{
    private const int Width = 6;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("published")]
    [InlineData("torchvision")]
    public void What_fits_is_copied_by_the_names_of_both_publications(string names)
    {
        using var scope = TensorScope.Begin();
        using var source = ModelCatalog.Create(
            "swin-unetr-t", new ModelOptions { Width = Width, Window = 7, Depths = [2, 2, 6, 2] });
        using var target = ModelCatalog.Create(
            "swin-unetr-t", new ModelOptions { Width = Width, Window = 7, OutChannels = 2 });

        var report = Import(Write(SwinT(source, names)), target);

        var swin =
            target.Parameters.Entries.Where(
                entry =>
                    entry.Name.StartsWith("swinViT.", StringComparison.Ordinal)
                        && !entry.Name.EndsWith("_index", StringComparison.Ordinal)).ToList();
        // The fourth merging is not in a Swin-T.
        var expected =
            swin
                .Where(entry => !entry.Name.StartsWith("swinViT.layers4.0.downsample", StringComparison.Ordinal))
                .Select(entry => entry.Name)
                .Order(StringComparer.Ordinal)
                .ToList();
        Assert.Equal(expected, report.Copied.Order(StringComparer.Ordinal));
        Assert.All(
            expected,
            name => Assert.Equal(
                source.Parameters.Find(name)!.Tensor.ToArray<float>(),
                target.Parameters.Find(name)!.Tensor.ToArray<float>()));
        Assert.Empty(report.Adapted);
        // Four more blocks of the third stage, the classifier, the norms at both ends.
        Assert.Contains(report.Unused, name => name.Contains("head.weight", StringComparison.Ordinal));
        Assert.Equal(
            4,
            report.Unused.Select(
                name => System.Text.RegularExpressions.Regex.Match(
                    name,
                    @"^(?:layers\.2\.blocks|features\.5)\.([2-5])\.").Groups[1].Value)
                        .Where(text => text.Length > 0)
                        .Distinct()
                        .Count());
    }

    // interpolate(table, mode="bicubic") of PyTorch 1.13, squares 0 to 64 from 3x3 to 5x5.
    [Fact]
    public void Position_tables_of_another_window_are_resized()
    {
        using var scope = TensorScope.Begin();
        using var target = ModelCatalog.Create("swin-unetr-t", new ModelOptions { Width = Width, Window = 3 });
        var table = Tensor.From(Enumerable.Range(0, 9).SelectMany(i => new float[] { i * i, 1, 2 }).ToArray(), 9, 3);

        var report = Import(Write([table.ToStored("layers.0.blocks.0.attn.relative_position_bias_table")]), target);

        float[] expected =
        [
            -0.9047f, -0.87401f, -0.44f, 1.07402f, 2.21671f, 1.26999f, 2.31915f, 4.44401f, 7.64888f, 9.81003f, 8.328f,
            11.06801f, 16.00001f, 22.01201f, 25.86401f, 25.10602f, 29.53687f, 37.276f, 46.09514f, 51.63799f, 37.28871f,
            42.73803f, 52.16801f, 62.678f, 69.23932f
        ];
        var result =
            target.Parameters.Find(
                "swinViT.layers1.0.blocks.0.attn.relative_position_bias_table")!.Tensor.ToArray<float>();
        Assert.Equal(expected, result.Where((_, i) => i % 3 == 0), (a, b) => Math.Abs(a - b) < 1e-3);
        Assert.All(result.Where((_, i) => i % 3 == 1), value => Assert.Equal(1, value, 1e-5));
        Assert.Contains(
            "position table of 3 resized to 5", Assert.Single(report.Adapted).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_any_of_it_is_refused()
    {
        using var scope = TensorScope.Begin();
        using var target = ModelCatalog.Create("swin-unetr-t", new ModelOptions { Width = Width });
        Assert.Contains(
            "has nothing that the network has under 'swinViT'",
            Assert.Throws<CheckpointException>(
                () => Import(Write([Tensor.Ones([3]).ToStored("fc.bias")]), target)).Message,
            StringComparison.Ordinal);
    }

    private static IEnumerable<StoredTensor> SwinT(Network source, string names)
    {
        foreach (var entry in
            source.Parameters.Entries.Where(
                entry =>
                    entry.Name.StartsWith("swinViT.", StringComparison.Ordinal)
                        && !entry.Name.StartsWith("swinViT.layers4.0.downsample", StringComparison.Ordinal)))
            yield return entry.Tensor.ToStored(NameOf(entry.Name["swinViT.".Length..], names));
        yield return Tensor.Ones([Width])
            .ToStored(names == "published" ? "patch_embed.norm.weight" : "features.0.2.weight");
        yield return Tensor.Ones([10, 8 * Width]).ToStored("head.weight");
        yield return Tensor.Ones([8 * Width]).ToStored("norm.weight");
    }

    private static string NameOf(string name, string names)
    {
        var parts = name.Split('.');
        if (parts[0] == "patch_embed")
            return names == "published" ? name : $"features.0.0.{parts[2]}";
        var stage = parts[0][^1] - '1';
        var rest = string.Join('.', parts[2..]);
        if (names == "published")
            return $"layers.{stage}.{rest.Replace("mlp.linear", "mlp.fc", StringComparison.Ordinal)}";
        return rest.StartsWith("downsample.", StringComparison.Ordinal)
            ? $"features.{2 * (stage + 1)}.{rest["downsample.".Length..]}"
            : $"features.{(2 * stage) + 1}.{rest["blocks.".Length..].Replace("mlp.linear1", "mlp.0", StringComparison.Ordinal).Replace("mlp.linear2", "mlp.3", StringComparison.Ordinal)}";
    }

    private string Write(IEnumerable<StoredTensor> tensors)
    {
        SafetensorsWriter.Write(_folder["swin.safetensors"], tensors);
        return _folder["swin.safetensors"];
    }

    private static LoadReport Import(string path, Network network)
    {
        using var file = CheckpointFile.Open(path);
        return CheckpointImporter.Import(file, path, network, ImportOptions.SwinEncoder);
    }
}
