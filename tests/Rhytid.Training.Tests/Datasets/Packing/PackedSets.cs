using Rhytid.Imaging;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Tests.Datasets.Packing;

/// <summary>Samples and checks that several tests of packs share.</summary>
internal static class PackedSets
{
    internal static PackOptions Options(int size) => new() { Size = size, Threads = 2 };

    internal static PackResult Pack(TemporaryFolder root, WrinkleDataset set, string name, PackOptions options, IEnumerable<WrinkleSample>? samples = null) =>
        new PackedDatasetWriter(set, options).Write(root[name], samples ?? set.Samples);

    internal static WrinkleDataset MakeSet(TemporaryFolder root, params string[] ids)
    {
        var random = new Random(7);
        foreach (var folder in new[] { "images", "masks", "textures", "scored_regions", "skin_masks" })
            Directory.CreateDirectory(root[$"set/{folder}"]);
        foreach (var id in ids)
        {
            var photo = new Image(48, 48);
            random.NextBytes(photo.Samples);
            photo.Save(root[$"set/images/{id}.png"]);
            var texture = new Plane<byte>(48, 48);
            random.NextBytes(texture.Samples);
            File.WriteAllBytes(root[$"set/textures/{id}.png"], texture.Encode(ImageFormat.Png));
            foreach (var folder in new[] { "masks", "scored_regions", "skin_masks" })
            {
                var mask = new Mask(48, 48);
                for (var i = 0; i < mask.Samples.Length; i++)
                    mask.Samples[i] = random.Next(4) == 0 ? Mask.Set : (byte)0;
                mask.Save(root[$"set/{folder}/{id}.png"]);
            }
        }
        return WrinkleDataset.Open(root["set"]);
    }
}
