using System.Globalization;
using System.Text;
using Rhytid.Faces;
using Rhytid.Faces.Skin;
using Rhytid.Imaging;

namespace Rhytid.Synthesis.Wrinkles;

/// <summary>What a <see cref="WrinkleFolder"/> gets of each photo.</summary>
public sealed record WrinkleFolderOptions
{
    /// <summary>The JPEG quality that photos usually have.</summary>
    public const int DefaultQuality = 92;

    /// <summary>What is painted.</summary>
    public WrinklePaintOptions Paint { get; init; } = new();

    /// <summary>The same seed and photo give the same bytes, whatever other photos there are.</summary>
    public int Seed { get; init; }

    /// <summary>Every picture is one aligned face (FFHQ-style crop).</summary>
    public bool Whole { get; init; }

    /// <summary>Quality of the pictures as JPEG, 0 to 100; null for PNG.</summary>
    public int? JpegQuality { get; init; } = DefaultQuality;
}

/// <summary>A photo that wrinkles are painted on.</summary>
/// <param name="Id">What its pictures are called, followed by a number.</param>
/// <param name="SeedName">What its seed is made from: unlike the id, it is the same when a photo of the same name and
/// another format turns up.</param>
/// <param name="FileName">What the record calls the photo.</param>
/// <param name="Pictures">How many pictures are painted.</param>
/// <param name="Load">Reads the photo.</param>
public sealed record WrinkleFolderPhoto(string Id, string SeedName, string FileName, int Pictures, Func<Image> Load);

/// <summary>What came of one photo.</summary>
/// <param name="Painted">Pictures painted now.</param>
/// <param name="AlreadyThere">Pictures of an earlier run, which are kept.</param>
/// <param name="Skipped">Why nothing could be painted, or null.</param>
public sealed record WrinkleFolderResult(int Painted, int AlreadyThere, string? Skipped = null);

/// <summary>
/// Painted photos as files: <c>images/</c>, <c>masks/</c>, <c>skin_masks/</c> and <c>wrinkles/</c>. Pictures that are
/// there are not made again, so that a run can be stopped and started again. Safe to use from many threads.
/// </summary>
/// <param name="folder">Made when missing.</param>
/// <param name="painter">Paints.</param>
/// <param name="finder">Finds the faces; not disposed.</param>
/// <param name="options">What each photo gets.</param>
public sealed class WrinkleFolder(
    string folder, WrinklePainter painter, FaceFinder finder, WrinkleFolderOptions options)
{
    private readonly SkinColorModel _skin = new();

    /// <summary>Removes what a killed run left half written.</summary>
    public void RemoveUnfinished(IEnumerable<WrinkleFolderPhoto> photos) => AtomicFile.RemoveUnfinished(
        photos.SelectMany(photo => Enumerable.Range(0, photo.Pictures)
            .SelectMany(number => Targets(Id(photo, number)))));

    /// <summary>Paints the pictures of one photo that are not there.</summary>
    /// <exception cref="ImageException">The photo cannot be read.</exception>
    /// <exception cref="OutputException">A result cannot be written.</exception>
    public WrinkleFolderResult Paint(WrinkleFolderPhoto photo, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(photo);
        var open = Enumerable.Range(0, photo.Pictures).Where(number => !IsThere(Id(photo, number))).ToList();
        var there = photo.Pictures - open.Count;
        if (open.Count == 0)
            return new WrinkleFolderResult(0, there);
        var image = photo.Load();
        var (face, reason) = PhotoFace.Find(image, finder, _skin, options.Whole, cancellationToken);
        if (face is null)
            return new WrinkleFolderResult(0, there, reason);
        foreach (var number in open)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var seed = PictureSeed.Compute(options.Seed, photo.SeedName, number);
            var painted = painter.Paint(image, face.Landmarks, face.Skin, seed, options.Paint);
            Write(Id(photo, number), photo.FileName, seed, painted);
        }
        return new WrinkleFolderResult(open.Count, there);
    }

    private void Write(string id, string face, int seed, WrinkledFace painted)
    {
        byte[][] contents =
        [
            painted.WrinkleMask.Encode(ImageFormat.Png),
            painted.SkinMask.Encode(ImageFormat.Png),
            Encoding.UTF8.GetBytes(WrinkleRecord.ToJson(id, face, seed, painted) + "\n"),
            options.JpegQuality is { } quality
                ? painted.Image.Encode(ImageFormat.Jpeg, quality)
                : painted.Image.Encode(ImageFormat.Png),
        ];
        var targets = Targets(id);
        foreach (var target in targets)
            AtomicFile.MakeFolder(Path.GetDirectoryName(target)!);
        AtomicFile.WriteAll([.. targets.Zip(contents)]);
    }

    // The picture comes last: it is there only when all of its companions are.
    private string[] Targets(string id) =>
    [
        Path.Combine(folder, "masks", $"{id}.png"),
        Path.Combine(folder, "skin_masks", $"{id}.png"),
        Path.Combine(folder, "wrinkles", $"{id}.json"),
        Path.Combine(folder, "images", id + (options.JpegQuality is null ? ".png" : ".jpg")),
    ];

    private bool IsThere(string id) => Array.TrueForAll(Targets(id), File.Exists);

    private static string Id(WrinkleFolderPhoto photo, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{photo.Id}_{number}");
}
