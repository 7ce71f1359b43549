using Rhytid.Imaging;
using Rhytid.Tests.Shared;

namespace Rhytid.Training.Tests.Datasets;

/// <summary>A small data set on disk.</summary>
internal sealed class MadeSet(TemporaryFolder parent, string name)
{
    public string Folder { get; } = parent[name];

    public string this[string file] => Path.Combine(Folder, file);

    /// <summary>A photo that no other seed draws alike: smooth blobs.</summary>
    public MadeSet Photo(string file, int seed, int side = 64)
    {
        var random = new Random(seed);
        var noise = new Plane<float>(side, side);
        foreach (ref var sample in noise.Samples)
            sample = 8 * random.Next(256);
        var smooth = noise.GaussianBlur(side / 16.0).ToBytes(1f / 8);
        Save(file, smooth.ToImage());
        return this;
    }

    /// <summary>A mask file of these values, row by row in a square.</summary>
    public MadeSet Levels(string file, params byte[] values)
    {
        var side = (int)Math.Sqrt(values.Length);
        Save(file, Plane<byte>.FromPixels(values, side, values.Length / side));
        return this;
    }

    /// <summary>A mask of a side in which the first pixels, row by row, have a value.</summary>
    public MadeSet Mask(string file, int side, int pixels, byte value = 255)
    {
        var levels = new Plane<byte>(side, side);
        levels.Samples[..pixels].Fill(value);
        Save(file, levels);
        return this;
    }

    private void Save(string file, Raster<byte> picture)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[file])!);
        picture.Save(this[file]);
    }
}
