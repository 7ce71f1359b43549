using Rhytid.Imaging;

namespace Rhytid.Faces.Skin;

/// <summary>Placeholder.</summary>
public sealed class SkinColorModel : ISkinMaskProvider
{
    /// <inheritdoc/>
    public Mask Find(FaceImage face, CancellationToken cancellationToken = default)
    {
        var mask = new Mask(face.Width, face.Height);
        mask.FillEllipse(new(face.Width / 2f, face.Height * 0.55f), new(face.Width * 0.27f, face.Height * 0.36f));
        return mask;
    }
}
