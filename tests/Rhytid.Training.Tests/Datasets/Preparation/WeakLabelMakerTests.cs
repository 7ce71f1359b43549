using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Textures;
using Rhytid.Training.Datasets.Preparation;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Tests.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Preparation;

[Collection(Alone.Name)]
public sealed class WeakLabelMakerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // 32 x 32, I = (7x + 13y + (xy mod 11)) mod 256; the truncated map sums to 56,561.
    [Fact]
    public void Golden_sum_through_files()
    {
        var gray = new Plane<byte>(32, 32);
        for (var y = 0; y < 32; y++)
            for (var x = 0; x < 32; x++)
                gray[x, y] = (byte)(((7 * x) + (13 * y) + (x * y % 11)) % 256);
        TestDataset.Write(gray, _folder.Path, "images", "a.png");
        var dataset = WrinkleDataset.Open(_folder.Path);

        File.WriteAllBytes(_folder["map.png"], Maker(SkinSources.None).Make(dataset.Samples[0]));

        var map = ImageEncoding.LoadGray(_folder["map.png"]);
        Assert.Equal(56_561, map.Samples.ToArray().Sum(value => value));
        Assert.Equal(515, map.Samples.ToArray().Count(value => value != 0));
    }

    [Fact]
    public void The_mask_is_applied_after_the_blur()
    {
        TestDataset.Write(TestDataset.Photo(3), _folder.Path, "images", "a.png");
        var skin = new Mask(64, 64);
        for (var y = 10; y < 40; y++)
            for (var x = 20; x < 50; x++)
                skin[x, y] = true;
        TestDataset.Write(skin, _folder.Path, "skin_masks", "a.png");
        var dataset = WrinkleDataset.Open(_folder.Path);

        File.WriteAllBytes(_folder["map.png"], Maker(SkinSources.OwnOf(dataset)!).Make(dataset.Samples[0]));

        var expected = TextureMap.Compute(TestDataset.Photo(3).ToGray(), skin);
        Assert.Equal(expected.Samples.ToArray(), ImageEncoding.LoadGray(_folder["map.png"]).Samples.ToArray());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(1, 3)]
    [InlineData(3, 5)]
    public void Threads_and_parts_change_no_byte(int threads, int parts)
    {
        TestDataset.WritePlain(_folder["set"], 12);
        var dataset = WrinkleDataset.Open(_folder["set"]);
        var maker = Maker(SkinSources.None);
        for (var part = 0; part < parts; part++)
            FileJobs.Run(maker.Jobs(dataset, _folder["out"]), new Shard(part, parts), threads);

        foreach (var sample in dataset.Samples)
            Assert.Equal(
                Maker(SkinSources.None).Make(sample),
                File.ReadAllBytes(_folder[$"out/weak_wrinkle_masks/00000/{sample.Id}.png"]));
    }

    [Fact]
    public void Memory_stays_flat_over_two_thousand_photos()
    {
        TestDataset.WritePlain(_folder["set"], 1, side: 256);
        var sample = WrinkleDataset.Open(_folder["set"]).Samples[0];
        var maker = Maker(SkinSources.None);
        for (var i = 0; i < 100; i++)
            maker.Make(sample);
        var before = Resident();
        for (var i = 0; i < 2000; i++)
            maker.Make(sample);

        Assert.InRange(Resident() - before, long.MinValue, 40L << 20);
    }

    private static long Resident()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static WeakLabelMaker Maker(ISkinSource skin) => new(new WeakLabelOptions { Skin = skin });
}
