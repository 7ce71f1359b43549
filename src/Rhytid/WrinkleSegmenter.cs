using System.Diagnostics;
using System.Drawing;
using System.Numerics;
using Microsoft.Extensions.Logging;
using Rhytid.Faces;
using Rhytid.Faces.Detection;
using Rhytid.Faces.Mesh;
using Rhytid.Faces.Parsing;
using Rhytid.Faces.Quality;
using Rhytid.Faces.Skin;
using Rhytid.Imaging;
using Rhytid.Inference.Serialization;
using Rhytid.Measurement;
using Rhytid.Segmentation;
using Rhytid.Segmentation.Networks;
using Rhytid.Shipped;

namespace Rhytid;

/// <summary>
/// Finds and measures the wrinkles in a photo: face, skin, wrinkles, numbers. Safe to use from many threads.
/// </summary>
/// <example><code>
/// using var segmenter = WrinkleSegmenter.Load();
/// var result = segmenter.Segment("photo.jpg");
/// Console.WriteLine(result.Face?.Measurements.Count);
/// </code></example>
public sealed class WrinkleSegmenter : IDisposable
{
    // Breadth of a face over the distance between its pupils: anthropometric means, and what YuNet's boxes measure.
    private const float FaceWidthInEyeDistances = 2.19f;

    // Networks are loaded when the first photo was read: a file that is refused costs nothing.
    private readonly Lazy<IWrinkleSegmenter> _method;
    private readonly Lazy<ISkinMaskProvider> _skin;
    private readonly FaceFinder _finder;

    // Runs once, beside the search for the first face; a failure is thrown by the Lazy that is used next.
    private readonly Lazy<Task> _preload;
    private readonly WrinkleSegmenterOptions _options;
    private readonly List<IDisposable> _owned = [];
    private bool _disposed;

    private WrinkleSegmenter(WrinkleSegmenterOptions options)
    {
        if (options.FaceSize is { } given)
            ArgumentOutOfRangeException.ThrowIfLessThan(given, 64, nameof(options));
        _options = options;
        _method = new Lazy<IWrinkleSegmenter>(
            () => options.Method ?? Own(
                () => NetworkSegmenter.LoadShipped(options.ShippedMethod ?? BestInstalled(options), options.Threads)));
        _skin = new Lazy<ISkinMaskProvider>(() => options.Skin ?? Own(() => ShippedSkin.Load(options.Threads)));
        _finder = new FaceFinder(options.Detector, options.FaceSize ?? FaceImage.DefaultSize, options.Mesh);
        _preload = new Lazy<Task>(() => Task.WhenAll(Task.Run(_finder.LoadMesh), Task.Run(LoadNetworks)));
    }

    /// <summary>
    /// Makes a segmenter; it is kept and used for many photos. Networks are loaded with the first photo.
    /// </summary>
    public static WrinkleSegmenter Load(WrinkleSegmenterOptions? options = null) =>
        new(options ?? new WrinkleSegmenterOptions());

    /// <summary>Finds the wrinkles in a photo.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="options">Choices for this photo.</param>
    /// <param name="progress">Told about every step.</param>
    /// <param name="cancellationToken">Stops the work between steps and inside long ones.</param>
    /// <returns>A result without faces where none is found: that is no error.</returns>
    /// <exception cref="Inference.Serialization.CheckpointException">A model that ships with Rhytid is missing or
    /// changed.</exception>
    /// <exception cref="ImageException">The given face detector is not installed.</exception>
    /// <exception cref="ArgumentException">The given skin mask is of another size, or the given face lies outside the
    /// photo.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold does not lie between 0 and 1.</exception>
    public SegmentationResult Segment(Image photo, SegmentOptions? options = null,
        IProgress<SegmentationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(photo);
        options ??= SegmentOptions.Default;
        if (options.Threshold is { } threshold && threshold is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(options), threshold, "a threshold lies between 0 and 1");
        if (options.SkinMask is { } given && (given.Width != photo.Width || given.Height != photo.Height))
            throw new ArgumentException(
                $"the skin mask has {given.Width} x {given.Height} pixels, the photo {photo.Width} x {photo.Height}",
                nameof(options));

        cancellationToken.ThrowIfCancellationRequested();
        var started = Stopwatch.GetTimestamp();
        progress?.Report(new SegmentationProgress(SegmentationStep.DetectingFaces, 0, 0));
        _ = _preload.Value;
        var (detector, detected) = _finder.Find(photo, options);
        var faces = new List<FaceResult>(detected.Count);
        for (var i = 0; i < detected.Count; i++)
            faces.Add(
                SegmentFace(
                    photo, detected[i], options,
                    step => progress?.Report(new SegmentationProgress(step, i, detected.Count)), cancellationToken));
        var result = new SegmentationResult(
            photo, _method.Value.Name, detector, faces, _method.Value.Warning, _method.Value.Weights);
        if (_options.Logger is { } logger && logger.IsEnabled(LogLevel.Debug))
            Log(logger, result, Stopwatch.GetElapsedTime(started));
        return result;
    }

    /// <summary>Finds the wrinkles in a picture file.</summary>
    /// <exception cref="ImageException">The file cannot be read.</exception>
    public SegmentationResult Segment(string path, SegmentOptions? options = null,
        IProgress<SegmentationProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Segment(Image.Load(path, _options.Load), options, progress, cancellationToken);

    /// <summary>Finds the wrinkles in a picture file that comes as a stream.</summary>
    /// <exception cref="ImageException">The stream holds no picture that can be read.</exception>
    public SegmentationResult Segment(Stream stream, SegmentOptions? options = null,
        IProgress<SegmentationProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Segment(Image.Load(stream, _options.Load), options, progress, cancellationToken);

    /// <summary>Finds the wrinkles in pixels that an application already has.</summary>
    /// <param name="pixels">Rows without padding.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="format">The order of the samples.</param>
    /// <param name="options">Choices for this photo.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public SegmentationResult Segment(ReadOnlySpan<byte> pixels, int width, int height, PixelFormat format,
        SegmentOptions? options = null, CancellationToken cancellationToken = default) =>
        Segment(Image.FromPixels(pixels, width, height, format), options, progress: null, cancellationToken);

    /// <summary>Finds the wrinkles in a photo, on a thread of the pool.</summary>
    /// <inheritdoc cref="Segment(Image, SegmentOptions, IProgress{SegmentationProgress}, CancellationToken)"/>
    public Task<SegmentationResult> SegmentAsync(Image photo, SegmentOptions? options = null,
        IProgress<SegmentationProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Segment(photo, options, progress, cancellationToken), cancellationToken);

    /// <summary>Finds the wrinkles in a picture file, on a thread of the pool.</summary>
    /// <exception cref="ImageException">The file cannot be read.</exception>
    public Task<SegmentationResult> SegmentAsync(string path, SegmentOptions? options = null,
        IProgress<SegmentationProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Segment(path, options, progress, cancellationToken), cancellationToken);

    /// <summary>Finds the wrinkles in a picture file that comes as a stream, on a thread of the pool.</summary>
    /// <exception cref="ImageException">The stream holds no picture that can be read.</exception>
    public Task<SegmentationResult> SegmentAsync(Stream stream, SegmentOptions? options = null,
        IProgress<SegmentationProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Segment(stream, options, progress, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        if (_preload.IsValueCreated)
            _preload.Value.ContinueWith(static _ => { }, TaskScheduler.Default).Wait();
        _finder.Dispose();
        _owned.ForEach(part => part.Dispose());
        _owned.Clear();
    }

    // Where neither is, the message about the missing file names the package of the better one.
    private static string BestInstalled(WrinkleSegmenterOptions options)
    {
        var (models, best, open) = (ShippedModels.Default, ShippedModels.WrinkleModel, ShippedModels.OpenWrinkleModel);
        if (models.Has(best) || !models.Has(open))
            return best;
        if (options.Logger is { } logger)
            SegmenterLog.SecondBest(logger, open, models.All.First(model => model.File == best).Package);
        return open;
    }

    private static void Log(ILogger logger, SegmentationResult result, TimeSpan elapsed)
    {
        var photo = result.Photo;
        SegmenterLog.Segmented(
            logger, result.Faces.Count, photo.Width, photo.Height, result.Method, elapsed.TotalMilliseconds);
        foreach (var warning in result.Warnings)
            SegmenterLog.Warned(logger, warning);
    }

    private void LoadNetworks()
    {
        if (_skin.Value is ParsedSkinMask skin)
            skin.WarmUp();
        if (_method.Value is NetworkSegmenter network)
            network.WarmUp();
    }

    private T Own<T>(Func<T> load)
    {
        var part = load();
        if (part is IDisposable disposable)
            lock (_owned)
                _owned.Add(disposable);
        return part;
    }

    private FaceResult SegmentFace(
        Image photo, DetectedFace detected, SegmentOptions options, Action<SegmentationStep> report,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        report(SegmentationStep.FindingSkin);
        var crop = _finder.Cut(photo, detected, options.Whole);
        var (face, projection) = (crop.Face, crop.Projection);
        var skin = options.SkinMask is { } given ? projection.ToFace(given) : _skin.Value.Find(face, cancellationToken);

        cancellationToken.ThrowIfCancellationRequested();
        report(SegmentationStep.FindingWrinkles);
        var map = _method.Value.Segment(face, skin, cancellationToken);
        var mask = map.ToMask(options.Threshold);

        cancellationToken.ThrowIfCancellationRequested();
        report(SegmentationStep.Measuring);
        var faceWidth = detected.Landmarks.EyeDistancePixels * FaceWidthInEyeDistances;
        var skinOnPhoto = projection.Mask(skin);
        var wrinklesOnPhoto = projection.Mask(mask.Pixels).And(skinOnPhoto);
        return new FaceResult
        {
            Detection = detected,
            Face = face,
            Quality = FaceQuality.Measure(face, skin, detected.Landmarks, faceWidth) with
            {
                TurnedDegrees = detected.TurnedDegrees,
                Pose = detected.Pose,
                SkinProblem = SkinProblem(skin, options)
            },
            Region = projection.Region,
            WrinkleMap = projection.Map(map.Values),
            WrinkleMask = wrinklesOnPhoto,
            SkinMask = skinOnPhoto,
            WrinkleLevels = mask.Levels is { } levels ? projection.Labels(levels) : null,
            IsDrawn = mask.IsDrawn,
            Threshold = options.Threshold ?? map.DefaultThreshold,
            Tracks =
            [
                .. mask.Tracks.Select(
                    track =>
                        track with
                        {
                            Points = [.. track.Points.Select(point => Vector2.Transform(point, face.FaceToPhoto))]
                        })
            ],
            Measurements = WrinkleMeasurer.Measure(
                wrinklesOnPhoto, skinOnPhoto, photo.Crop(projection.Region).ToGray(), faceWidth),
        };
    }

    private string? SkinProblem(Mask skin, SegmentOptions options)
    {
        if (skin.Samples.ContainsAnyExcept((byte)0))
            return null;
        return options.SkinMask is null
            ? _skin.Value.NothingFound
            : "the skin mask is empty on this face, so it was not searched for wrinkles";
    }
}

/// <summary>
/// What a <see cref="WrinkleSegmenter"/> is made of; the defaults are networks that ship with Rhytid.
/// </summary>
public sealed record WrinkleSegmenterOptions
{
    /// <summary>
    /// How wrinkles are found; the wrinkle network that ships unless given, or the open one where only that is
    /// installed.
    /// </summary>
    public IWrinkleSegmenter? Method { get; init; }

    /// <summary>How faces are found; YuNet, which ships with Rhytid, unless given.</summary>
    public IFaceDetector? Detector { get; init; }

    /// <summary>
    /// Where eyes, brows, lips and nostrils are exactly; MediaPipe's mesh network, which ships with Rhytid, unless
    /// given.
    /// </summary>
    public IFaceMeshProvider? Mesh { get; init; }

    /// <summary>
    /// How skin is found; the face parser that ships unless given, or colour where that is not installed.
    /// </summary>
    public ISkinMaskProvider? Skin { get; init; }

    /// <summary>
    /// Side in pixels at which a face is worked on; what the method was made for, or 1024, unless given.
    /// </summary>
    public int? FaceSize { get; init; }

    /// <summary>
    /// Threads that work on one image in the networks that ship; as many as there are processors unless given.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>Where steps, times and warnings are told, without names of files; nowhere unless given.</summary>
    public ILogger? Logger { get; init; }

    /// <summary>The shipped network that is loaded where <see cref="Method"/> is null; the best one there is unless
    /// given.</summary>
    internal string? ShippedMethod { get; init; }

    /// <summary>Limits for pictures that are read from files and streams.</summary>
    public ImageLoadOptions Load { get; init; } = ImageLoadOptions.Default;

    /// <summary>
    /// The chain in which no part's licence forbids a use: YuNet, MediaPipe's mesh, skin by colour with the drawn
    /// atlas, and the open wrinkle network. Its networks are disposed with the segmenter.
    /// </summary>
    /// <example><code>
    /// using var segmenter = WrinkleSegmenter.Load(WrinkleSegmenterOptions.LicenseClean());
    /// </code></example>
    /// <exception cref="Inference.Serialization.CheckpointException">The open wrinkle network does not ship, is missing or
    /// was changed.</exception>
    public static WrinkleSegmenterOptions LicenseClean()
    {
        // Said here, once, not with every photo.
        _ = ShippedModels.Default.PathOf(ShippedModels.OpenWrinkleModel);
        return new WrinkleSegmenterOptions
        {
            ShippedMethod = ShippedModels.OpenWrinkleModel,
            Skin = new SkinColorModel(SkinColorModelOptions.LicenseClean),
        };
    }
}

/// <summary>Which faces of a photo are worked on.</summary>
public enum FaceSelection
{
    /// <summary>The largest.</summary>
    Largest,

    /// <summary>Every one.</summary>
    All,
}

/// <summary>Choices for one photo.</summary>
public sealed record SegmentOptions
{
    /// <summary>The defaults: the largest face, the method's own threshold.</summary>
    public static SegmentOptions Default { get; } = new();

    /// <summary>0 to 1; a higher one finds less. The method's own unless given.</summary>
    public float? Threshold { get; init; }

    /// <summary>The largest face, or all.</summary>
    public FaceSelection Faces { get; init; } = FaceSelection.Largest;

    /// <summary>Where the face is, in pixels of the photo; nothing is detected then.</summary>
    public RectangleF? FaceBox { get; init; }

    /// <summary>The whole picture is one aligned face, such as an FFHQ crop; nothing is detected then.</summary>
    public bool Whole { get; init; }

    /// <summary>The skin, of the photo's size; found automatically unless given.</summary>
    public Mask? SkinMask { get; init; }
}

/// <summary>A step of the work, for progress reports.</summary>
public enum SegmentationStep
{
    /// <summary>Looking for faces.</summary>
    DetectingFaces,

    /// <summary>Looking for skin.</summary>
    FindingSkin,

    /// <summary>Looking for wrinkles.</summary>
    FindingWrinkles,

    /// <summary>Mapping back to the photo and measuring.</summary>
    Measuring,
}

/// <summary>How far the work on one photo is.</summary>
/// <param name="Step">What is being done.</param>
/// <param name="Face">For which face, from 0.</param>
/// <param name="FaceCount">Of how many; 0 while faces are looked for.</param>
public readonly record struct SegmentationProgress(SegmentationStep Step, int Face, int FaceCount);
