using System.Security.Cryptography;
using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Sets;
using static Rhytid.Training.Tests.Datasets.Packing.PackedSets;

namespace Rhytid.Training.Tests.Datasets.Packing;

public sealed class PackedDatasetWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_are_bounded_and_opened_by_any_name()
    {
        var set = MakeSet(_folder, "a", "a-b", "a.b", "a0", "b");
        var sample = 48 * 48 * 7;

        var result = Pack(_folder, set, "pack.safetensors", Options(48) with { ShardBytes = 2 * sample });

        Assert.Equal(
            ["pack-00001-of-00003.safetensors", "pack-00002-of-00003.safetensors", "pack-00003-of-00003.safetensors"],
            result.Files.Select(Path.GetFileName));
        foreach (var name in
            new[]
            {
                "pack", "pack.safetensors", "pack-00001-of-00003.safetensors", "pack-00003-of-00003.safetensors"
            })
        {
            using var pack = PackedDataset.Open(_folder[name]);
            Assert.Equal(["a-b", "a.b", "a", "a0", "b"], pack.Samples.Select(packed => packed.Id));
            foreach (var packed in pack.Samples)
                Assert.Equal(Image.Load(_folder[$"set/images/{packed.Id}.png"]).Samples[0], packed.Photo.Span[0]);
        }
    }

    [Fact]
    public void The_same_set_gives_the_same_bytes()
    {
        var set = MakeSet(_folder, "a", "b", "c");

        Pack(_folder, set, "one", Options(32) with { Threads = 1 });
        Pack(_folder, set, "two", Options(32) with { Threads = 3 }, samples: set.Samples.Reverse());

        Assert.Equal(
            SHA256.HashData(File.ReadAllBytes(_folder["one.safetensors"])),
            SHA256.HashData(File.ReadAllBytes(_folder["two.safetensors"])));
    }

    [Fact]
    public void One_bad_sample_and_nothing_is_written()
    {
        var set = MakeSet(_folder, "a", "b", "c");
        File.WriteAllText(_folder["set/images/b.png"], "no picture");
        new Image(48, 40).Save(_folder["set/images/c.png"]);

        var result = Pack(_folder, set, "pack", Options(48));

        Assert.Equal(["b", "c"], result.Failed.Select(failure => failure.Id));
        Assert.Contains("not a picture", result.Failed[0].Reason, StringComparison.Ordinal);
        Assert.Contains("48 x 40 pixels are not square", result.Failed[1].Reason, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void An_interrupted_run_leaves_the_old_pack()
    {
        var set = MakeSet(_folder, "a", "b", "c");
        Pack(_folder, set, "pack", Options(48));
        var before = File.ReadAllBytes(_folder["pack.safetensors"]);
        using var interrupt = new CancellationTokenSource();
        var writer = new PackedDatasetWriter(set, Options(32) with { Overwrite = true, Threads = 1 });

        Assert.ThrowsAny<OperationCanceledException>(
            () => writer.Write(_folder["pack"], set.Samples, _ => interrupt.Cancel(), interrupt.Token));

        Assert.Equal(before, File.ReadAllBytes(_folder["pack.safetensors"]));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_pack_that_is_there_is_replaced_only_when_told_and_then_whole()
    {
        var set = MakeSet(_folder, "a", "b", "c");
        Pack(_folder, set, "pack", Options(48) with { ShardBytes = 1 });

        Assert.Contains(
            "is there already", Assert.Throws<DatasetException>(() => Pack(_folder, set, "pack", Options(48))).Message,
            StringComparison.Ordinal);
        Pack(_folder, set, "pack", Options(48) with { Overwrite = true });

        Assert.Equal(["pack.safetensors"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }
}
