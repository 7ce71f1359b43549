using System.Collections.Concurrent;
using System.Globalization;
using Rhytid.Imaging;
using Rhytid.Textures;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Datasets.Preparation;

/// <summary>
/// Weak wrinkle labels of a data set, as FFHQ-Wrinkle has them: the texture map of the unmasked photo, kept where the
/// skin is, as 8-bit PNG in FFHQ-Wrinkle's folders.
/// </summary>
public sealed class WeakLabelMaker
{
    /// <summary>The folder of weak labels inside a data set.</summary>
    public const string FolderName = "weak_wrinkle_masks";

    private readonly WeakLabelOptions _options;

    // 5 MB per map at 1024: made once for each thread, not once for each of fifty thousand photos.
    private readonly ConcurrentBag<Buffers> _buffers = [];

    /// <summary>Makes a maker.</summary>
    public WeakLabelMaker(WeakLabelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>One file for every photo of the data set.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="folder">Where <see cref="FolderName"/> is made.</param>
    /// <param name="cancellationToken">Stops inside a photo.</param>
    public IReadOnlyList<FileJob> Jobs(
        WrinkleDataset dataset, string folder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return Jobs([.. dataset.Samples.Where(sample => sample[Channel.Photo] is not null)], folder, cancellationToken);
    }

    /// <summary>One file for each of some samples, which have photos.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="folder">Where <see cref="FolderName"/> is made.</param>
    /// <param name="cancellationToken">Stops inside a photo.</param>
    public IReadOnlyList<FileJob> Jobs(
        IReadOnlyList<WrinkleSample> samples, string folder, CancellationToken cancellationToken = default) =>
        [.. samples.Select(
            sample =>
                new FileJob(
                    sample.Id, Path.Combine(folder, FolderName, FfhqFolders.FileOf(sample.Id)),
                    () => Make(sample, cancellationToken)))];

    /// <summary>The weak label of one photo, as a PNG file.</summary>
    public byte[] Make(WrinkleSample sample, CancellationToken cancellationToken = default)
    {
        var gray = SampleFiles.LoadGrayPhoto(sample);
        var skin = _options.Skin.Find(sample, gray.Width, gray.Height, cancellationToken);
        if (!_buffers.TryTake(out var buffers) || !buffers.Fits(gray))
            buffers = new Buffers(gray.Width, gray.Height);
        System.Numerics.Tensors.TensorPrimitives.ConvertChecked<byte, float>(gray.Samples, buffers.Gray.Samples);
        var texture = _options.Scale ? _options.Texture.ScaledTo(Math.Max(gray.Width, gray.Height)) : _options.Texture;
        // The blur sees the unmasked photo: masking first would draw the mask's border into the map.
        TextureMap.Compute(buffers.Gray, buffers.Texture, texture, skin: skin);
        var file = buffers.Texture.Encode(ImageFormat.Png, _options.PngLevel);
        _buffers.Add(buffers);
        return file;
    }

    private sealed class Buffers(int width, int height)
    {
        public Plane<float> Gray { get; } = new(width, height);

        public Plane<byte> Texture { get; } = new(width, height);

        public bool Fits(Plane<byte> gray) => Gray.Width == gray.Width && Gray.Height == gray.Height;
    }
}

/// <summary>How texture maps become weak labels.</summary>
public sealed record WeakLabelOptions
{
    /// <summary>Kernel and rounding of the texture map.</summary>
    public TextureMapOptions Texture { get; init; } = TextureMapOptions.Default;

    /// <summary>Let kernel and sigma grow with the photo's long side / 1024.</summary>
    public bool Scale { get; init; }

    /// <summary>Where the map is kept.</summary>
    public required ISkinSource Skin { get; init; }

    /// <summary>zlib level of the PNG files, 0 to 9.</summary>
    public int PngLevel { get; init; } = 3;

    /// <summary>What the files depend on, by name; the PNG level changes bytes but no pixel.</summary>
    public IReadOnlyDictionary<string, string> ToSettings() => new Dictionary<string, string>
    {
        ["kernel"] = Texture.KernelSize.ToString(CultureInfo.InvariantCulture),
        ["sigma"] = Texture.Sigma.ToString(CultureInfo.InvariantCulture),
        ["round"] = Texture.Rounding.ToString(),
        ["scale"] = Scale.ToString(),
        ["skin"] = Skin.Name,
    };
}
