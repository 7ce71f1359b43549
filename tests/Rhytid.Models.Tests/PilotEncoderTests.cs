using Rhytid.Faces;
using Rhytid.Imaging;
using Rhytid.Networks;
using Rhytid.Tests.Shared;
using Rhytid.Textures;
using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Torch.Serialization;

namespace Rhytid.Models.Tests;

/// <summary>The first trained <c>resnet18-fine</c>, trained and run by PyTorch, gives the same answer here.</summary>
[Collection(ModelTests.OneAtATime)]
public sealed class PilotEncoderTests
{
    private const int Side = 512;
    private const int Block = 64;

    private static readonly Preprocessing Seen = Preprocessing.Moon(4, masked: false) with
    {
        Size = Side,
        WholeTexture = true
    };

    [SkippableFact]
    public void The_portraits_probabilities_are_PyTorchs()
    {
        using var scope = TensorScope.Begin();
        using var mode = Autograd.NoGrad();
        using var network = Load();
        var portrait = Portrait.ShrunkByPillow();
        var golden = GoldenFolder.Json("onnx", "pilot.json");

        var map = Probabilities(network, portrait);

        var worst = 0.0;
        var rows = golden.GetProperty("mean_of_64x64_blocks").EnumerateArray().ToList();
        for (var y = 0; y < rows.Count; y++)
            for (var x = 0; x < rows.Count; x++)
                worst = Math.Max(worst, Math.Abs(rows[y][x].GetDouble() - MeanOf(map, x, y)));
        Assert.InRange(worst, 0, 3e-4);
        Assert.Equal(golden.GetProperty("max").GetDouble(), map.Max(), 1e-3);
        var above = golden.GetProperty("above_0.4").GetInt32();
        Assert.InRange(map.Count(value => value > 0.4), above - 8, above + 8);
    }

    private static Network Load()
    {
        var path = Repository.SharedWeights(Path.Combine("pilot-encoder", "pilot-encoder.safetensors"));
        var network = ModelCatalog.Create("resnet18-fine", new ModelOptions { InChannels = 4, OutChannels = 1 });
        using var file = CheckpointFile.Open(path);
        var report = CheckpointImporter.Import(
            file, path, network,
            new ImportOptions { AllowMissing = true, Rename = Rename, Convert = OnnxResNet.Convert });
        Assert.Equal(file.Tensors.Count, report.Copied.Count);
        Assert.All(
            report.Kept,
            name => Assert.True(
                name == "mean" || name.EndsWith("num_batches_tracked", StringComparison.Ordinal), name));
        return network;
    }

    // The script's names: encoder.conv6, full.0.1, d.2.1.0, last.1.1, out.
    private static string? Rename(string name)
    {
        var parts = name.Split('.');
        string Places(
            int first) => (parts[first], parts[first + 1]) switch { ("0", "0") =>
                "0", ("0", "1") => "1", ("1", "0") => "3", _ => "4" };
        return parts[0] switch
        {
            "encoder" => OnnxResNet.Rename(name["encoder.".Length..]) is { } known ? $"encoder.{known}" : null,
            "full" => $"fine.double_conv.{Places(1)}.{parts[^1]}",
            "d" => $"decoder.{parts[1]}.double_conv.{Places(2)}.{parts[^1]}",
            "last" => $"last.double_conv.{Places(1)}.{parts[^1]}",
            _ => name,
        };
    }

    private static float[] Probabilities(Network network, Image portrait) =>
        network.Forward(
                NetworkImage.Normalize(portrait, TextureMap.Compute(portrait.ToGray()), inside: null, Seen).ToTensor())
            .Sigmoid()
            .ToArray<float>();

    private static double MeanOf(float[] map, int column, int row)
    {
        var sum = 0.0;
        for (var y = row * Block; y < (row + 1) * Block; y++)
            for (var x = column * Block; x < (column + 1) * Block; x++)
                sum += map[(y * Side) + x];
        return sum / (Block * Block);
    }
}
