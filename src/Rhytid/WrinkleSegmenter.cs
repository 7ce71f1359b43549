using System.Drawing;
using System.Numerics;
using Rhytid.Faces;
using Rhytid.Faces.Alignment;
using Rhytid.Faces.Detection;
using Rhytid.Faces.Quality;
using Rhytid.Faces.Skin;
using Rhytid.Imaging;
using Rhytid.Measurement;
using Rhytid.Segmentation;
using Rhytid.Segmentation.Classical;

namespace Rhytid;

/// <summary>Finds and measures the wrinkles in a photo: face, skin, wrinkles, numbers. Safe to use from many threads.</summary>
/// <example><code>
/// using var segmenter = WrinkleSegmenter.Load();
/// var result = segmenter.Segment("photo.jpg");
/// Console.WriteLine(result.Face?.Measurements.Count);
/// </code></example>
public sealed class WrinkleSegmenter : IDisposable
{
    // Breadth of a face over the distance between its pupils: anthropometric means, and what YuNet's boxes measure.
    private const float FaceWidthInEyeDistances = 2.19f;

    private readonly IWrinkleSegmenter _method;
    private readonly ISkinMaskProvider _skin;
    private readonly Lazy<IFaceDetector> _detector;
    private readonly bool _ownsDetector;
    private readonly WrinkleSegmenterOptions _options;
    private bool _disposed;

    private WrinkleSegmenter(WrinkleSegmenterOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FaceSize, 64);
        _options = options;
        _method = options.Method ?? ClassicalMethods.Create(ClassicalMethods.Default);
        _skin = options.Skin ?? new SkinColorModel();
        _ownsDetector = options.Detector is null;
        // A user who says where the face is needs no detector installed.
        _detector = new Lazy<IFaceDetector>(() => options.Detector ?? new HaarFaceDetector());
    }

    /// <summary>Makes a segmenter; it is kept and used for many photos.</summary>
    public static WrinkleSegmenter Load(WrinkleSegmenterOptions? options = null) => new(options ?? new WrinkleSegmenterOptions());

    /// <summary>Finds the wrinkles in a photo.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="options">Choices for this photo.</param>
    /// <param name="progress">Told about every step.</param>
    /// <param name="cancellationToken">Stops the work between steps and inside long ones.</param>
    /// <returns>A result without faces where none is found: that is no error.</returns>
    /// <exception cref="ImageException">The face detector is not installed.</exception>
    /// <exception cref="ArgumentException">The given skin mask is of another size, or the given face lies outside the photo.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold does not lie between 0 and 1.</exception>
    public SegmentationResult Segment(Image photo, SegmentOptions? options = null,
        IProgress<SegmentationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(photo);
        options ??= SegmentOptions.Default;
        if (options.Threshold is { } threshold && threshold is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(options), threshold, "a threshold lies between 0 and 1");
        if (options.Whole && options.FaceBox is not null)
            throw new ArgumentException("a picture is one whole face or has a face in a box, not both", nameof(options));
        if (options.SkinMask is { } given && (given.Width != photo.Width || given.Height != photo.Height))
            throw new ArgumentException($"the skin mask has {given.Width} x {given.Height} pixels, the photo {photo.Width} x {photo.Height}", nameof(options));

        cancellationToken.ThrowIfCancellationRequested();
        progress?.Report(new SegmentationProgress(SegmentationStep.DetectingFaces, 0, 0));
        var (detector, detected) = FindFaces(photo, options);
        var faces = new List<FaceResult>(detected.Count);
        for (var i = 0; i < detected.Count; i++)
            faces.Add(SegmentFace(photo, detected[i], options, step => progress?.Report(new SegmentationProgress(step, i, detected.Count)), cancellationToken));
        return new SegmentationResult(photo, _method.Name, detector, faces);
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
        if (_ownsDetector && _detector.IsValueCreated)
            (_detector.Value as IDisposable)?.Dispose();
    }

    private (string Detector, IReadOnlyList<DetectedFace> Faces) FindFaces(Image photo, SegmentOptions options)
    {
        if (options.Whole)
        {
            var landmarks = FaceImage.MeanLandmarks(photo.Width, photo.Height);
            return ("whole", [new DetectedFace(new RectangleF(0, 0, photo.Width, photo.Height), landmarks, Score: null)]);
        }
        if (options.FaceBox is { } box)
        {
            if (box.Width < 1 || box.Height < 1 || !box.IntersectsWith(new RectangleF(0, 0, photo.Width, photo.Height)))
                throw new ArgumentException($"the face box {box.X},{box.Y},{box.Width},{box.Height} lies outside the photo of {photo.Width} x {photo.Height} pixels", nameof(options));
            return ("given", [FaceInBox(photo, box)]);
        }
        var found = _detector.Value.Detect(photo);
        return (_detector.Value.Name, options.Faces == FaceSelection.All ? found : [.. found.Take(1)]);
    }

    // The user's box says which face is meant; a detector, where there is one, says exactly where its eyes are.
    private DetectedFace FaceInBox(Image photo, RectangleF box)
    {
        var estimated = new DetectedFace(box, FaceProportions.FromBox(box), Score: null);
        try
        {
            return _detector.Value.Detect(photo).FirstOrDefault(face => box.Contains(Center(face.Landmarks)) && Similar(face.Box, box)) is { } found
                ? found with { Box = box }
                : estimated;
        }
        catch (ImageException)
        {
            return estimated;
        }

        static PointF Center(FaceLandmarks landmarks) => new(landmarks.EyeCenter.X, landmarks.EyeCenter.Y);
        static bool Similar(RectangleF a, RectangleF b) => a.Width < 2 * b.Width && b.Width < 2 * a.Width;
    }

    private FaceResult SegmentFace(Image photo, DetectedFace detected, SegmentOptions options, Action<SegmentationStep> report, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        report(SegmentationStep.FindingSkin);
        var face = options.Whole ? WholeFace(photo, detected.Landmarks) : FaceAlignment.Cut(photo, detected.Landmarks, _options.FaceSize);
        var projection = new PhotoProjection(face, photo.Width, photo.Height);
        var skin = options.SkinMask is { } given ? projection.ToFace(given) : _skin.Find(face, cancellationToken);

        cancellationToken.ThrowIfCancellationRequested();
        report(SegmentationStep.FindingWrinkles);
        var map = _method.Segment(face, skin, cancellationToken);
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
            Quality = FaceQuality.Of(face, skin, detected.Landmarks, faceWidth),
            Region = projection.Region,
            WrinkleMap = projection.Map(map.Values),
            WrinkleMask = wrinklesOnPhoto,
            SkinMask = skinOnPhoto,
            WrinkleLevels = mask.Levels is { } levels ? projection.Labels(levels) : null,
            IsDrawn = mask.IsDrawn,
            Threshold = options.Threshold ?? map.DefaultThreshold,
            Tracks = [.. mask.Tracks.Select(projection.Track)],
            Measurements = WrinkleMeasurer.Measure(wrinklesOnPhoto, skinOnPhoto, photo.Crop(projection.Region).ToGray(), faceWidth),
        };
    }

    // An aligned face keeps its proportions; its long side becomes the working size.
    private FaceImage WholeFace(Image photo, FaceLandmarks landmarks)
    {
        var scale = (float)_options.FaceSize / Math.Max(photo.Width, photo.Height);
        var width = Math.Max(1, (int)MathF.Round(photo.Width * scale));
        var height = Math.Max(1, (int)MathF.Round(photo.Height * scale));
        var image = width == photo.Width && height == photo.Height ? photo : photo.Resize(width, height);
        var photoToFace = Matrix3x2.CreateScale((float)width / photo.Width, (float)height / photo.Height);
        Matrix3x2.Invert(photoToFace, out var faceToPhoto);
        return new FaceImage(image, landmarks.Transform(photoToFace), faceToPhoto);
    }
}
