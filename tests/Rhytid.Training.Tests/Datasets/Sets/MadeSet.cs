using Rhytid.Imaging;
using Rhytid.Tests.Shared;

namespace Rhytid.Training.Tests.Datasets.Sets;

/// <summary>A small data set on disk, file by file.</summary>
internal sealed class MadeSet(TemporaryFolder parent, string name)
{
    public string Folder { get; } = parent[name];

    public string this[string file] => Path.Combine(Folder, file);

    /// <summary>A photo that no other seed draws alike.</summary>
    public MadeSet Photo(string file, int seed, int side = 64)
    {
        TestDataset.Write(TestDataset.Photo(seed, side), this[file]);
        return this;
    }

    /// <summary>A mask file of these values, row by row in a square.</summary>
    public MadeSet Levels(string file, params byte[] values)
    {
        var side = (int)Math.Sqrt(values.Length);
        TestDataset.Write(Plane<byte>.FromPixels(values, side, values.Length / side), this[file]);
        return this;
    }

    /// <summary>A mask of a side in which the first pixels, row by row, have a value.</summary>
    public MadeSet Mask(string file, int side, int pixels, byte value = 255)
    {
        var levels = new Plane<byte>(side, side);
        levels.Samples[..pixels].Fill(value);
        TestDataset.Write(levels, this[file]);
        return this;
    }
}
