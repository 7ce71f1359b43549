using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Training.Batches.Loading;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Evaluation.Networks;
using static Rhytid.Training.Tests.Datasets.Packing.PackedSets;

namespace Rhytid.Training.Tests.Datasets.Packing;

/// <summary>What goes into a pack comes out of it to the last bit, or the pack is refused.</summary>
public sealed class PackedDatasetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Everything_comes_back_exactly()
    {
        var set = MakeSet(_folder, "00001", "00002", "00003");

        var result = Pack(_folder, set, "pack.safetensors", Options(48));

        Assert.Equal([_folder["pack.safetensors"]], result.Files);
        using var pack = PackedDataset.Open(_folder["pack.safetensors"]);
        Assert.Equal((48, 3), (pack.Size, pack.Samples.Count));
        foreach (var sample in set.Samples)
        {
            var packed = pack[sample.Id];
            var photo = Image.Load(sample[Channel.Photo]!);
            for (var channel = 0; channel < 3; channel++)
                for (var i = 0; i < 48 * 48; i++)
                    Assert.Equal(photo.Samples[(3 * i) + channel], packed.Photo.Span[(channel * 48 * 48) + i]);
            Assert.Equal(ImageEncoding.LoadGray(sample[Channel.Texture]!).Samples, packed[Channel.Texture]!.Value.Span);
            Assert.Equal(Bits(set.LoadMask(sample)), packed[Channel.Wrinkles]!.Value.ToArray());
            Assert.Equal(Bits(ImageEncoding.LoadMask(sample[Channel.ScoredRegion]!)),
                packed[Channel.ScoredRegion]!.Value.ToArray());
            Assert.Equal(Bits(ImageEncoding.LoadMask(sample[Channel.Skin]!)), packed[Channel.Skin]!.Value.ToArray());
        }
        Assert.Equal(
            ("plain", "area", "any", "masks"),
            (pack.Settings["layout"], pack.Settings["image_resize"], pack.Settings["mask_resize"],
                pack.Settings["skin"]));
    }

    [Fact]
    public void Tensors_hold_the_same_and_outlive_the_pack()
    {
        using var scope = TensorScope.Begin();
        Pack(_folder, MakeSet(_folder, "a"), "pack", Options(48));
        Tensor image;
        byte[] expected;
        using (var pack = PackedDataset.Open(_folder["pack"]))
        {
            image = pack["a"].ToTensor(Channel.Photo);
            expected = pack["a"].Photo.ToArray();
            Assert.Equal([1, 48, 48], pack["a"].ToTensor(Channel.Wrinkles).Shape);
        }

        Assert.Equal([3, 48, 48], image.Shape);
        Assert.Equal(expected, image.ToArray<byte>());
    }

    // Learned as shares of pixels, scored as masks: half a pixel of wrinkle is one.
    [Fact]
    public void Masks_as_shares_are_learned_as_they_are_and_scored_as_masks()
    {
        using var scope = TensorScope.Begin();
        var set = MakeSet(_folder, "a", "b");
        Pack(_folder, set, "pack", Options(20) with { MaskResize = MaskResize.Area });
        Pack(_folder, set, "thin", Options(20));
        using var pack = PackedDataset.Open(_folder["pack"]);
        using var thin = PackedDataset.Open(_folder["thin"]);
        string[] ids = ["a", "b"];
        var shares = ids.Select(id =>
        {
            var expected = new byte[20 * 20];
            MaskShrinker.Resize(
                set.LoadMask(set.Samples.Single(sample => sample.Id == id)).Samples, 48, 48, expected, 20, 20,
                MaskResize.Area);
            return expected;
        }).ToList();

        using var training = new TrainingBatches(pack, ids, size: 2, seed: 1).Epoch(0).Single();
        using var validation = new ValidationBatches(pack, ids, size: 2).Epoch(0).Single();
        using var thinTraining = new TrainingBatches(thin, ids, size: 2, seed: 1).Epoch(0).Single();

        Assert.Equal(("area", 255, 1), (pack.Settings["mask_resize"], pack.MaskLevels, thin.MaskLevels));
        Assert.Contains(shares, bytes => bytes.Distinct().Count() > 20);
        for (var i = 0; i < ids.Length; i++)
        {
            Assert.Equal(shares[i], pack[ids[i]][Channel.Wrinkles]!.Value.ToArray());
            var row = training.Ids.ToList().IndexOf(ids[i]);
            Assert.Equal(
                shares[i].Select(level => level / 255f), training[Channel.Wrinkles]!.Narrow(0, row, 1).ToArray<float>(),
                (a, b) => Math.Abs(a - b) < 1e-6);
            Assert.Equal(
                shares[i].Select(level => level >= 128 ? 1f : 0),
                    validation[Channel.Wrinkles]!.Narrow(0, i, 1).ToArray<float>());
            Assert.Equal(
                shares[i].Select(level => level >= 128 ? Mask.Set : (byte)0),
                EvaluationSet.From(pack).Truth(ids[i]).Samples.ToArray());
        }
        Assert.All(thinTraining[Channel.Wrinkles]!.ToArray<float>(), value => Assert.True(value is 0 or 1));
    }

    [Fact]
    public void Bytes_of_a_closed_pack_are_gone()
    {
        Pack(_folder, MakeSet(_folder, "a"), "pack", Options(48));
        var pack = PackedDataset.Open(_folder["pack"]);
        var sample = pack["a"];
        pack.Dispose();

        Assert.Throws<ObjectDisposedException>(() => sample.Photo.Span[0]);
    }

    [Fact]
    public void What_a_sample_lacks_is_null()
    {
        var set = MakeSet(_folder, "a", "b");
        File.Delete(_folder["set/masks/b.png"]);
        File.Delete(_folder["set/textures/a.png"]);

        Pack(_folder, WrinkleDataset.Open(set.Folder), "pack", Options(48));

        using var pack = PackedDataset.Open(_folder["pack"]);
        Assert.True(pack["a"][Channel.Wrinkles] is not null && pack["a"][Channel.Texture] is null);
        Assert.True(pack["b"][Channel.Wrinkles] is null && pack["b"][Channel.Texture] is not null);
    }

    [Fact]
    public void Damaged_packs_are_refused_in_a_line()
    {
        var set = MakeSet(_folder, "a", "b");
        var options = Options(48) with { ShardBytes = 1 };
        Pack(_folder, set, "pack", options);
        Pack(_folder, set, "other", options with { MaskResize = MaskResize.Half });
        var (first, second) = (_folder["pack-00001-of-00002.safetensors"], _folder["pack-00002-of-00002.safetensors"]);
        var (one, two) = (File.ReadAllBytes(first), File.ReadAllBytes(second));

        AssertRefused("there is no such pack", "none");
        AssertRefused("this is a folder", "set");

        File.Copy(_folder["other-00002-of-00002.safetensors"], second, overwrite: true);
        AssertRefused("belongs to another pack", "pack");

        File.WriteAllBytes(second, two[..^100]);
        AssertRefused("cut off", "pack");

        File.WriteAllBytes(second, one);
        AssertRefused("inside it says that it is file 1/2", "pack");

        File.Delete(second);
        AssertRefused("pack-00002-of-00002.safetensors: this file of the pack is missing", "pack");

        File.Copy(first, _folder["renamed.safetensors"]);
        AssertRefused("must be called ...-00001-of-00002.safetensors", "renamed.safetensors");

        File.WriteAllText(_folder["text.safetensors"], "this is text and nothing else");
        AssertRefused("no safetensors file", "text.safetensors");
    }

    [Theory]
    [InlineData("rhytid.pack/1", "rhytid.pack/9", "this is a pack of format rhytid.pack/9")]
    [InlineData("\"format\":\"rhytid.pack/1\"", "\"fxrmat\":\"rhytid.pack/1\"", "no packed data set")]
    [InlineData("\"size\":\"48\"", "\"size\":\"47\"", "where uint8 of size 47 is due")]
    [InlineData("\"samples\":\"1\"", "\"samples\":\"2\"", "holds 1 samples where 2 were packed")]
    [InlineData("\"shard\":\"1/1\"", "\"shard\":\"1-1\"", "'shard' is missing or wrong")]
    [InlineData("\"a/image\"", "\"b/image\"", "there is no photo of a")]
    [InlineData("\"a/mask\"", "\"b/mask\"", "1 tensors belong to no sample")]
    [InlineData("[\\\"a\\\"]", "[\\\"a\\\",", "list of ids is missing or broken")]
    [InlineData("[\\\"a\\\"]", "[ null]", "list of ids is broken")]
    public void A_header_that_contradicts_itself_is_refused(string from, string to, string expected)
    {
        Pack(_folder, MakeSet(_folder, "a"), "pack", Options(48));
        var bytes = File.ReadAllBytes(_folder["pack.safetensors"]);
        var place = bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(from));
        Assert.True(place > 0, "the header does not hold what the test changes");
        var padded = System.Text.Encoding.UTF8.GetBytes(to.PadRight(from.Length));
        padded.CopyTo(bytes, place);
        File.WriteAllBytes(_folder["pack.safetensors"], bytes);

        AssertRefused(expected, "pack.safetensors");
    }

    private static byte[] Bits(Mask mask) =>
        [.. mask.Samples.ToArray().Select(value => value == 0 ? (byte)0 : (byte)1)];

    private void AssertRefused(string expected, string name)
    {
        var error = Assert.Throws<DatasetException>(() => PackedDataset.Open(_folder[name]).Dispose());
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
