using Rhytid.Faces.Parsing;
using Rhytid.Imaging;
using Rhytid.Torch;
using Rhytid.Torch.Serialization;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Datasets.Preparation;

/// <summary>One step of a preparation.</summary>
/// <param name="Title">What is being made.</param>
/// <param name="Jobs">The files.</param>
public sealed record PreparationStep(string Title, IReadOnlyList<FileJob> Jobs);

/// <summary>
/// Makes FFHQ-Wrinkle's derived files for every labelled photo: a copy of the photo, parsing labels or a skin mask, the
/// photo black outside the skin, the texture map. A step reads what the one before wrote.
/// </summary>
public sealed class DatasetPreparation
{
    private const string Faces = "face_images";
    private const string MaskedFaces = "masked_face_images";
    private const string ParsedLabels = "etcs/face_parsed_labels";
    private const string SkinMasks = "skin_masks";
    private const string ManualMasks = "manual_wrinkle_masks";
    private const string ScoredRegions = "scored_regions";

    private static readonly DatasetLayout Prepared = DatasetLayouts.FfhqWrinkle with
    {
        Folders = DatasetLayouts.FfhqWrinkle.Folders.With(Channel.Photo, [Faces]),
    };

    private readonly WrinkleDataset _source;
    private readonly string _target;
    private readonly ISkinSource? _own;
    private readonly FaceParser? _parser;
    private readonly PhotoSkinFinder _finder;
    private readonly bool _whole;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Plans a preparation.</summary>
    /// <param name="source">The photos and their manual masks.</param>
    /// <param name="target">The folder that gets FFHQ-Wrinkle's layout; may be the source's own where it has that
    /// layout.</param>
    /// <param name="parser">Parses faces that have no labels; without one skin is found in the photos. Not disposed
    /// here.</param>
    /// <param name="finder">Finds skin where there is neither; not disposed here.</param>
    /// <param name="whole">Every photo is one aligned face, as FFHQ's are.</param>
    /// <param name="cancellationToken">Stops inside a photo.</param>
    public DatasetPreparation(
        WrinkleDataset source, string target, FaceParser? parser, PhotoSkinFinder finder, bool whole,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentException.ThrowIfNullOrEmpty(target);
        ArgumentNullException.ThrowIfNull(finder);
        (_source, _target, _parser, _finder, _whole, _cancellationToken) =
            (source, target, parser, finder, whole, cancellationToken);
        // Labels that are there are taken; else the parser makes some; else skin is found without a network.
        _own = SkinSources.OwnOf(source);
        if (!source.Labelled.Any())
            throw new DatasetException(
                $"{source.Folder}: there are no manual masks, so no labelled photos to prepare; weak labels of all photos: rhytid data weak-labels");
    }

    /// <summary>Where skin is known from, for <see cref="RunSettings"/>: a folder never holds a mixture.</summary>
    public string SkinName =>
        _own?.Name ?? (_parser is null ? SkinSources.Found(_finder, _whole).Name : "face parsing");

    private bool IsInPlace => Path.GetFullPath(_source.Folder) == Path.GetFullPath(_target);

    /// <summary>
    /// The steps, in order. Each lists the same samples in the same order, so that a part of the work is the same
    /// samples in every step.
    /// </summary>
    public IEnumerable<PreparationStep> Steps()
    {
        yield return new PreparationStep(
            "faces", Jobs(Faces, ".png", sample => SampleFiles.LoadPhoto(sample).Encode(ImageFormat.Png)));
        if (!IsInPlace)
        {
            yield return new PreparationStep(
                "manual masks", Jobs(ManualMasks, ".png", sample => _source.LoadMask(sample).Encode(ImageFormat.Png)));
            if (_source.HasScoredRegions)
                yield return new PreparationStep(
                    "scored regions",
                    Jobs(ScoredRegions, ".png", sample =>
                        (SampleFiles.LoadScoredRegion(sample) ?? Everywhere(sample)).Encode(ImageFormat.Png)));
        }
        if (!TakesOwnSkinInPlace)
            yield return _own is null && _parser is { } parser
                ? new PreparationStep(
                    "face parsing",
                    Jobs(ParsedLabels, ".npy", sample =>
                        Npy.ToBytes(Labels(parser.Parse(SampleFiles.LoadPhoto(sample), _cancellationToken)))))
                : new PreparationStep(
                    "skin masks",
                    Jobs(SkinMasks, ".png", sample => SkinMask(sample, _own ?? SkinSources.Found(_finder, _whole))));
        var skin = TakesOwnSkinInPlace
            ? _own!
            : _own is null && _parser is not null ? SkinSources.Labels(LabelOrder.BiSeNet) : SkinSources.Masks;
        yield return new PreparationStep(
            "masked faces", Jobs(MaskedFaces, ".png", sample => MaskedFace(WithSkin(sample), skin)));
        yield return new PreparationStep(
            "texture maps",
            new WeakLabelMaker(new WeakLabelOptions { Skin = skin }).Jobs(
                [.. Photos.Select(WithSkin)], _target, _cancellationToken));
    }

    /// <summary>The prepared set: labelled photos only, the copies in place of the photos.</summary>
    public WrinkleDataset Open() =>
        WrinkleDataset.OpenForCheck(_target, new DatasetOptions { Layout = Prepared })
            .Where(sample => sample[Channel.Wrinkles] is not null);

    private IEnumerable<WrinkleSample> Photos => _source.Labelled.Where(sample => sample[Channel.Photo] is not null);

    // Labels that lie elsewhere would be missing from the set.
    private bool TakesOwnSkinInPlace => _own is not null && IsInPlace && _source.Labelled.First() is var sample
        && Path.GetFullPath(sample[Channel.Labels] ?? sample[Channel.Skin] ?? ".")
            .StartsWith(Path.GetFullPath(_target) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // What the step before wrote, whether or not it is there yet.
    private WrinkleSample WithSkin(WrinkleSample sample)
    {
        if (TakesOwnSkinInPlace)
            return sample;
        var (channel, folder, extension) = _own is null && _parser is not null
            ? (Channel.Labels, ParsedLabels, ".npy")
            : (Channel.Skin, SkinMasks, ".png");
        return sample with
        {
            Paths = sample.Paths.With(channel, Path.Combine(_target, folder, sample.Id + extension))
        };
    }

    private byte[] SkinMask(WrinkleSample sample, ISkinSource source)
    {
        var photo = SampleFiles.LoadGrayPhoto(sample);
        return (source.Find(sample, photo.Width, photo.Height, _cancellationToken)
            ?? Mask.Full(photo.Width, photo.Height)).Encode(ImageFormat.Png);
    }

    private static Mask Everywhere(WrinkleSample sample)
    {
        var photo = SampleFiles.LoadGrayPhoto(sample);
        return Mask.Full(photo.Width, photo.Height);
    }

    private byte[] MaskedFace(WrinkleSample sample, ISkinSource skin)
    {
        var photo = SampleFiles.LoadPhoto(sample);
        var inside = skin.Find(sample, photo.Width, photo.Height, _cancellationToken)!.Samples;
        var pixels = photo.Samples;
        for (var i = 0; i < inside.Length; i++)
            if (inside[i] == 0)
                pixels.Slice(3 * i, 3).Clear();
        return photo.Encode(ImageFormat.Png);
    }

    private static StoredTensor Labels(Plane<byte> labels) =>
        new("labels", DType.UInt8, [labels.Height, labels.Width], labels.Samples.ToArray());

    private List<FileJob> Jobs(string folder, string extension, Func<WrinkleSample, byte[]> make) =>
        [.. Photos.Select(
            sample => new FileJob(sample.Id, Path.Combine(_target, folder, sample.Id + extension), () => make(sample)))
            ];
}
