using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
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

/// <summary>
/// The seed of one picture, from its own name alone: neither other photos nor the order of work change it.
/// </summary>
public static class PictureSeed
{
    /// <summary>FNV-1a (Fowler, Noll and Vo) of seed, face and number.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="face">What the photo is called.</param>
    /// <param name="number">Which picture of this photo, from 0.</param>
    public static int Compute(int seed, string face, int number)
    {
        ArgumentNullException.ThrowIfNull(face);
        var hash = 2166136261u;
        foreach (var part in
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}/{number}/{face}")))
            hash = (hash ^ part) * 16777619u;
        return unchecked((int)hash);
    }
}

/// <summary>
/// What is written beside a picture: its seed and every painted line. The format is described in
/// docs/explanation/synthetic-wrinkles.md.
/// </summary>
public static class WrinkleRecord
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>One JSON object.</summary>
    /// <param name="id">What the picture is called.</param>
    /// <param name="face">The photo it was painted on.</param>
    /// <param name="seed">The picture's own seed.</param>
    /// <param name="painted">The picture.</param>
    public static string ToJson(string id, string face, int seed, WrinkledFace painted)
    {
        ArgumentNullException.ThrowIfNull(painted);
        return JsonSerializer.Serialize(new
        {
            id,
            face,
            seed,
            width = painted.Image.Width,
            height = painted.Image.Height,
            wrinkles = painted.Wrinkles.Select(wrinkle => new
            {
                wrinkle.Region,
                wrinkle.Source,
                widthPixels = Rounded(wrinkle.WidthsPixels.Max()),
                depth = Rounded(wrinkle.Depths.Max()),
                points = wrinkle.Points.Select(Pair),
                widthsPixels = wrinkle.WidthsPixels.Select(Rounded),
                depths = wrinkle.Depths.Select(Rounded),
            }),
        }, Options);
    }

    private static decimal[] Pair(Vector2 point) => [Rounded(point.X), Rounded(point.Y)];

    // A hundredth of a pixel; decimal, so that it is written with no more digits than that.
    private static decimal Rounded(float value) =>
        decimal.Parse(value.ToString("F2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
