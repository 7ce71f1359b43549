using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Torch.Serialization;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Sets;

public sealed class FaceLabelsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(DType.UInt8)]
    [InlineData(DType.Int32)]
    [InlineData(DType.Int64)]
    public void Arrays_of_any_integer(DType type)
    {
        Npy.Write(_folder["a.npy"], new StoredTensor("a", type, [2, 3], Bytes(type, [0, 1, 10, 18, 1, 2])));

        Assert.Equal([0, 1, 10, 18, 1, 2], FaceLabels.Load(_folder["a.npy"]).Samples.ToArray());
    }

    [Theory]
    [InlineData(DType.Int64, 256)]
    [InlineData(DType.Int64, -1)]
    [InlineData(DType.UInt8, 21)]
    public void Other_numbers_are_no_labels(DType type, int value)
    {
        Npy.Write(_folder["a.npy"], new StoredTensor("a", type, [1, 1], Bytes(type, [value])));

        Assert.Contains(
            "numbered 0 to 18", Assert.Throws<DatasetException>(() => FaceLabels.Load(_folder["a.npy"])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Floats_and_wrong_shapes_are_refused()
    {
        Npy.Write(_folder["f.npy"], new StoredTensor("f", DType.Float32, [1, 1], new byte[4]));
        Npy.Write(_folder["v.npy"], new StoredTensor("v", DType.UInt8, [4], new byte[4]));

        Assert.Contains(
            "whole numbers", Assert.Throws<DatasetException>(() => FaceLabels.Load(_folder["f.npy"])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "two dimensions", Assert.Throws<DatasetException>(() => FaceLabels.Load(_folder["v.npy"])).Message,
            StringComparison.Ordinal);
    }

    // From 512 to 1024 nearest neighbour is plain pixel doubling; skin and nose are kept.
    [Fact]
    public void Enlarging_doubles_pixels()
    {
        var random = new Random(1);
        var labels = new Plane<byte>(512, 512);
        foreach (ref var label in labels.Samples)
            label = (byte)random.Next(19);

        var mask = FaceLabels.MaskOf(labels, FaceLabels.SkinClasses(LabelOrder.BiSeNet), 1024, 1024);

        for (var y = 0; y < 1024; y += 7)
            for (var x = 0; x < 1024; x++)
                Assert.Equal(labels[x / 2, y / 2] is 1 or 10, mask[x, y]);
    }

    [Fact]
    public void Celeb_a_mask_has_its_own_nose() =>
        Assert.Equal([1, 2], FaceLabels.SkinClasses(LabelOrder.CelebAMask).Order());

    [SkippableFact]
    public void Pictures_with_a_palette_are_read_by_number()
    {
        var file =
            Directory.EnumerateFiles(Path.Combine(Repository.SharedData("celebamask-mini", "train"), "masks"))
                .Order(StringComparer.Ordinal)
                .First();

        var labels = FaceLabels.Load(file);

        Assert.True(
            FaceLabels.MaskOf(labels, FaceLabels.SkinClasses(LabelOrder.CelebAMask), 512, 512)
                .Count() is > 20_000 and < 150_000);
    }

    private static byte[] Bytes(DType type, int[] values) => type switch
    {
        DType.UInt8 => [.. values.Select(value => (byte)value)],
        DType.Int32 => [.. values.SelectMany(BitConverter.GetBytes)],
        _ => [.. values.SelectMany(value => BitConverter.GetBytes((long)value))],
    };
}
