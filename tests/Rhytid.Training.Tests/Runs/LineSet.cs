using Rhytid.Imaging;
using Rhytid.Training.Datasets;
using Rhytid.Training.Datasets.Packing;

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
            Datasets.TestDataset.Write(photo, folder, "set", "images", $"{i:D5}.png");
            Datasets.TestDataset.Write(mask, folder, "set", "masks", $"{i:D5}.png");
        }
        var set = WrinkleDataset.Open(Path.Combine(folder, "set"));
        new PackedDatasetWriter(set, new PackOptions { Size = Side }).Write(Path.Combine(folder, "pack"), set.Samples);
        return PackedDataset.Open(Path.Combine(folder, "pack"));
    }
}
