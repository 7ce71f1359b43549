using Rhytid.Imaging;

namespace Rhytid.Faces.Skin;

/// <summary>A skin mask that somebody already has, such as one from a parser or drawn by hand.</summary>
/// <param name="path">A grey picture: 0/1 or 0/255. It is resized to the face where only its size differs.</param>
public sealed class FileSkinMask(string path) : ISkinMaskProvider
{
    // Sides may differ by rounding when a mask was made at another size.
    private const double LargestAspectDifference = 0.01;

    /// <inheritdoc/>
    /// <exception cref="ImageException">The file cannot be read, or its shape is not the face's.</exception>
    public Mask Find(FaceImage face, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(face);
        var mask = ImageEncoding.LoadMask(path);
        if ((mask.Width, mask.Height) == (face.Width, face.Height))
            return mask;

        var aspect = (double)mask.Width / mask.Height;
        if (Math.Abs((aspect * face.Height / face.Width) - 1) > LargestAspectDifference)
            throw new ImageException(
                $"{path}: the skin mask is {mask.Width} x {mask.Height} pixels, the face {face.Width} x {face.Height}; their shapes have to agree");
        return mask.Resize(face.Width, face.Height);
    }
}
