using Rhytid.Imaging;

namespace Rhytid.Training.Datasets.Sets;

/// <summary>Reads a sample's pictures; every failure names the file.</summary>
public static class SampleFiles
{
    /// <summary>Reads the photo in colour.</summary>
    /// <exception cref="ImageException">It cannot be read.</exception>
    /// <exception cref="DatasetException">There is none.</exception>
    public static Image LoadPhoto(WrinkleSample sample) => Load(PhotoOf(sample), static path => Image.Load(path));

    /// <summary>Reads the photo as grey levels.</summary>
    /// <exception cref="ImageException">It cannot be read.</exception>
    /// <exception cref="DatasetException">There is none.</exception>
    public static Plane<byte> LoadGrayPhoto(WrinkleSample sample) =>
        Load(PhotoOf(sample), static path => ImageEncoding.LoadGray(path));

    /// <summary>Reads where a sample's pixels count, or null for everywhere.</summary>
    /// <exception cref="ImageException">It cannot be read.</exception>
    public static Mask? LoadScoredRegion(WrinkleSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return sample[Channel.ScoredRegion] is { } path ? Load(path, static path => ImageEncoding.LoadMask(path))
            : null;
    }

    /// <summary>Reads a mask.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wrinkleValue">The value that means wrinkle in masks of class values, or null for masks of 0/1 or
    /// 0/255.</param>
    /// <exception cref="ImageException">It cannot be read.</exception>
    public static Mask LoadMask(string path, int? wrinkleValue = null) =>
        MaskOf(Load(path, static path => ImageEncoding.LoadLabels(path)), wrinkleValue);

    /// <summary>What is wrinkle in the values of a mask file.</summary>
    internal static Mask MaskOf(Plane<byte> levels, int? wrinkleValue) =>
        wrinkleValue is { } value ? Mask.Where(levels, level => level == value) : Mask.FromLevels(levels);

    /// <summary>Reads the texture map, or null where there is none.</summary>
    /// <exception cref="ImageException">It cannot be read.</exception>
    public static Plane<byte>? LoadTexture(WrinkleSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return sample[Channel.Texture] is { } path ? Load(path, static path => ImageEncoding.LoadGray(path)) : null;
    }

    /// <summary>Reads any of a sample's files; a failure names it.</summary>
    /// <exception cref="DatasetException">It is not there.</exception>
    /// <exception cref="ImageException">It cannot be read.</exception>
    public static T Load<T>(string path, Func<string, T> load)
    {
        ArgumentNullException.ThrowIfNull(load);
        try
        {
            return load(path);
        }
        catch (FileNotFoundException error)
        {
            throw new DatasetException(error.Message, error);
        }
        catch (ImageException error)
        {
            throw new ImageException($"{path}: {error.Message}", error);
        }
    }

    private static string PhotoOf(WrinkleSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return sample[Channel.Photo] ?? throw new DatasetException($"{sample.Id}: there is no photo");
    }
}
