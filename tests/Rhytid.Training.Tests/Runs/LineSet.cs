using Rhytid.Imaging;
using Rhytid.Textures;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Datasets.Splits;
using Rhytid.Training.Tests.Datasets.Sets;

namespace Rhytid.Training.Tests.Runs;

/// <summary>Skin-coloured pictures with a few dark lines, packed: small enough to train on in seconds.</summary>
internal static class LineSet
{
    public const int Side = 32;

    public static PackedDataset Pack(string folder, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var random = new Random(i);
            var (photo, mask) = (new Image(Side, Side), new Mask(Side, Side));
            foreach (ref var sample in photo.Samples)
                sample = (byte)(150 + random.Next(30));
            for (var line = 0; line < 2; line++)
            {
                var y = random.Next(4, Side - 4);
                for (var x = 4; x < Side - 4; x++)
                {
                    mask[x, y] = true;
                    photo.Row(y).Slice(3 * x, 3).Fill(90);
                }
            }
            Datasets.Sets.TestDataset.Write(photo, folder, "set", "images", $"{i:D5}.png");
            Datasets.Sets.TestDataset.Write(mask, folder, "set", "masks", $"{i:D5}.png");
            Datasets.Sets.TestDataset.Write(Mask.Full(Side, Side), folder, "set", "skin_masks", $"{i:D5}.png");
            Datasets.Sets.TestDataset.Write(
                TextureMap.Compute(photo.ToGray(), Mask.Full(Side, Side)), folder, "set", "textures", $"{i:D5}.png");
        }
        var set = WrinkleDataset.Open(Path.Combine(folder, "set"));
        new PackedDatasetWriter(set, new PackOptions { Size = Side }).Write(Path.Combine(folder, "pack"), set.Samples);
        return PackedDataset.Open(Path.Combine(folder, "pack"));
    }

    /// <summary>
    /// Lists of a split: the first samples of <see cref="Pack"/> to learn from, the others to validate on.
    /// </summary>
    public static string Split(string folder, int count, int training)
    {
        var ids = Enumerable.Range(0, count).Select(i => $"{i:D5}").ToList();
        Directory.CreateDirectory(folder);
        IdList.Save(Path.Combine(folder, "train.txt"), ids[..training]);
        IdList.Save(Path.Combine(folder, "val.txt"), ids[training..]);
        return folder;
    }
}
