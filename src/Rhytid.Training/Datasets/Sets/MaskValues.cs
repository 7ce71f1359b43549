using Rhytid.Imaging;

namespace Rhytid.Training.Datasets.Sets;

/// <summary>Looks at masks to learn how they are coded.</summary>
internal static class MaskValues
{
    // Enough to meet every class of a set; fifty thousand masks would take minutes to read.
    private const int MostLookedAt = 48;
    private const int FewLookedAt = 4;

    /// <summary>The largest value in a spread of the folder's masks; unreadable ones do not count.</summary>
    public static int Largest(string folder) => Largest(DatasetFolder.Pictures(folder).ToList());

    /// <summary>The largest value in a spread of some masks; unreadable ones do not count.</summary>
    public static int Largest(IReadOnlyList<string> files)
    {
        var step = Math.Max(1, files.Count / MostLookedAt);
        var largest = 0;
        for (var i = 0; i < files.Count && largest < byte.MaxValue; i += step)
            largest = Math.Max(largest, LargestOf(files[i]));
        return largest;
    }

    /// <summary>Whether the first pictures of a folder are all of two values, as no photo is.</summary>
    public static bool AreMasks(string folder) =>
        DatasetFolder.Pictures(folder).Take(FewLookedAt).ToList() is { Count: > 0 } files
            && files.TrueForAll(HasTwoValues);

    private static bool HasTwoValues(string path)
    {
        try
        {
            var samples = ImageEncoding.LoadLabels(path).Samples;
            return !samples.ContainsAnyExcept((byte)0, (byte)1) || !samples.ContainsAnyExcept((byte)0, byte.MaxValue);
        }
        catch (ImageException)
        {
            return false;
        }
    }

    private static int LargestOf(string path)
    {
        try
        {
            return System.Numerics.Tensors.TensorPrimitives.Max<byte>(ImageEncoding.LoadLabels(path).Samples);
        }
        catch (ImageException)
        {
            return 0;
        }
    }
}
