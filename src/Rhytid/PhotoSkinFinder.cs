using Rhytid.Faces;
using Rhytid.Faces.Detection;
using Rhytid.Faces.Parsing;
using Rhytid.Faces.Skin;
using Rhytid.Imaging;

namespace Rhytid;

/// <summary>
/// Finds the face skin of a whole photo: the same face and the same skin that a <see cref="WrinkleSegmenter"/> works
/// on. Safe to use from many threads.
/// </summary>
public sealed class PhotoSkinFinder : IDisposable
{
    private readonly ISkinMaskProvider _skin;
    private readonly bool _ownsSkin;
    private readonly FaceFinder _finder;

    /// <summary>Makes a finder.</summary>
    /// <param name="skin">How skin is told from the rest; by the face parser that ships unless given.</param>
    /// <param name="detector">How faces are found, not disposed with this; YuNet, which ships with Rhytid, unless
    /// given.</param>
    public PhotoSkinFinder(ISkinMaskProvider? skin = null, IFaceDetector? detector = null)
    {
        _skin = skin ?? ShippedSkin.Load();
        _ownsSkin = skin is null;
        _finder = new FaceFinder(detector);
    }

    /// <summary>The skin of a photo's largest face, or of all its faces.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="options">Which faces.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>A mask of the photo's size, or null where no face was found.</returns>
    /// <exception cref="ImageException">The face detector is not installed.</exception>
    public Mask? Find(Image photo, SegmentOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(photo);
        options ??= SegmentOptions.Default;
        var (_, faces) = _finder.Find(photo, options);
        if (faces.Count == 0)
            return null;
        var all = new Mask(photo.Width, photo.Height);
        foreach (var detected in faces)
        {
            var crop = _finder.Cut(photo, detected, options.Whole);
            crop.Add(_skin.Find(crop.Face, cancellationToken), all);
        }
        return all;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _finder.Dispose();
        if (_ownsSkin)
            (_skin as IDisposable)?.Dispose();
    }
}
