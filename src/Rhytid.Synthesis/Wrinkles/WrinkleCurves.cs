using System.Collections.Concurrent;
using Rhytid.Imaging;

namespace Rhytid.Synthesis.Wrinkles;

/// <summary>
/// Courses of real wrinkles: a folder of masks that people drew on faces in FFHQ's frame. Masks are read when they are
/// first needed. Safe to use from many threads.
/// </summary>
public sealed class WrinkleCurves
{
    private readonly string[] _files;
    private readonly ConcurrentDictionary<int, Lazy<IReadOnlyList<MaskCurve>>> _read = new();

    private WrinkleCurves(string[] files) => _files = files;

    /// <summary>How many masks there are.</summary>
    public int Count => _files.Length;

    /// <summary>Looks for masks.</summary>
    /// <param name="folder">Holds PNG masks of aligned faces; folders below it are not searched.</param>
    /// <exception cref="ImageException">There is no such folder, or no PNG in it.</exception>
    public static WrinkleCurves Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
            throw new ImageException($"{folder}: there is no such folder of wrinkle masks");
        var files = Directory.GetFiles(folder, "*.png");
        if (files.Length == 0)
            throw new ImageException($"{folder}: there are no PNG masks in this folder");
        Array.Sort(files, StringComparer.Ordinal);
        return new WrinkleCurves(files);
    }

    /// <summary>What a mask is called: its file's name without the extension.</summary>
    internal string NameOf(int index) => Path.GetFileNameWithoutExtension(_files[index]);

    /// <summary>The curves of one mask.</summary>
    /// <exception cref="ImageException">It cannot be read or is not square.</exception>
    internal IReadOnlyList<MaskCurve> Curves(int index) =>
        _read.GetOrAdd(index, place => new Lazy<IReadOnlyList<MaskCurve>>(() => Read(_files[place]))).Value;

    private static IReadOnlyList<MaskCurve> Read(string file)
    {
        try
        {
            var mask = ImageEncoding.LoadMask(file);
            if (mask.Width != mask.Height)
                throw new ImageException(
                    $"{file}: a mask of {mask.Width} x {mask.Height} pixels is not in FFHQ's square frame");
            return CurveExtraction.Extract(mask);
        }
        catch (ImageException error)
        {
            throw new ImageException($"{file}: {error.Message}", error);
        }
    }
}
