using Rhytid.Faces;
using Rhytid.Imaging;

namespace Rhytid.Segmentation.Classical;

/// <summary>
/// What the filter methods share: they work on a smaller, evenly lit grey face and answer at the face's own size.
/// </summary>
public abstract class ClassicalSegmenter : IWrinkleSegmenter
{
    private protected ClassicalSegmenter()
    {
    }

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public WrinkleMap Segment(FaceImage face, Mask skin, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(face);
        ArgumentNullException.ThrowIfNull(skin);
        if (skin.Width != face.Width || skin.Height != face.Height)
            throw new ArgumentException(
                $"the skin mask is {skin.Width} x {skin.Height}, the face {face.Width} x {face.Height}", nameof(skin));

        cancellationToken.ThrowIfCancellationRequested();
        return Segment(WorkingFace.Prepare(face, skin), cancellationToken);
    }

    private protected abstract LineMap Segment(WorkingFace face, CancellationToken cancellationToken);
}
