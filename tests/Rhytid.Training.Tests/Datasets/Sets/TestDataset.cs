using Rhytid.Imaging;

namespace Rhytid.Training.Tests.Datasets.Sets;

/// <summary>Writes small data sets: photos of coloured waves, each seed another, and masks of one line.</summary>
internal static class TestDataset
{
    public static Image Photo(int seed, int side = 64)
    {
        var random = new Random(seed);
        var (fx, fy, phase) = (1 + (5 * random.NextDouble()), 1 + (5 * random.NextDouble()), 6 * random.NextDouble());
        var image = new Image(side, side);
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var wave = Math.Sin((fx * 6 * x / side) + phase) + Math.Cos((fy * 6 * y / side) + (phase / 2))
                    + Math.Sin((fx + fy) * 4 * (x + y) / side);
                var pixel = image.Row(y).Slice(3 * x, 3);
                (pixel[0], pixel[1], pixel[2]) =
                    ((byte)(130 + (40 * wave)), (byte)(110 + (35 * wave)), (byte)(90 + (25 * wave)));
            }
        }
        return image;
    }

    public static Mask Line(int seed, int side = 64)
    {
        var mask = new Mask(side, side);
        for (var x = side / 4; x < side / 2; x++)
            mask[x, (seed % (side / 2)) + (side / 4)] = true;
        return mask;
    }

    public static void Write(Raster<byte> raster, params string[] path)
    {
        var file = Path.Combine(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        raster.Save(file);
    }

    /// <summary>images/ and masks/ with ids 00000, 00001, ...</summary>
    public static void WritePlain(string folder, int count, int side = 64, int firstSeed = 0)
    {
        for (var i = firstSeed; i < firstSeed + count; i++)
        {
            Write(Photo(i, side), folder, "images", $"{i:D5}.png");
            Write(Line(i, side), folder, "masks", $"{i:D5}.png");
        }
    }
}
