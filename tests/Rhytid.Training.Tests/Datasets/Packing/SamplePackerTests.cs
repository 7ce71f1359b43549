using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Textures;
using Rhytid.Torch;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Sets;
using static Rhytid.Training.Tests.Datasets.Packing.PackedSets;

namespace Rhytid.Training.Tests.Datasets.Packing;

public sealed class SamplePackerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Resized_photos_are_those_of_the_resizer()
    {
        var set = MakeSet(_folder, "a");

        Pack(_folder, set, "pack", Options(20));

        using var pack = PackedDataset.Open(_folder["pack"]);
        var photo = Image.Load(set.Samples[0][Channel.Photo]!).Resize(20, 20, Interpolation.Area);
        Assert.Equal(photo.Samples[(3 * 7) + 1], pack["a"].Photo.Span[(20 * 20) + 7]);
    }

    // A network gets the texture map of the photo at its own size: a map that was made at 48 and shrunk is another one.
    [Fact]
    public void Texture_maps_are_computed_at_the_size_of_the_pack()
    {
        var set = MakeSet(_folder, "a");

        Pack(_folder, set, "pack", Options(20));

        using var pack = PackedDataset.Open(_folder["pack"]);
        var skin = new Mask(20, 20);
        pack["a"][Channel.Skin]!.Value.Span.CopyTo(skin.Samples);
        for (var i = 0; i < skin.Samples.Length; i++)
            skin.Samples[i] = skin.Samples[i] != 0 ? Mask.Set : (byte)0;
        var expected = TextureMap.Compute(
            Image.Load(set.Samples[0][Channel.Photo]!).Resize(20, 20, Interpolation.Area).ToGray(), skin);
        Assert.Equal(expected.Samples, pack["a"][Channel.Texture]!.Value.Span);
        Assert.NotEqual(
            ImageEncoding.LoadGray(set.Samples[0][Channel.Texture]!).Resize(20, 20).Samples.ToArray(),
            pack["a"][Channel.Texture]!.Value.ToArray());
    }
}
