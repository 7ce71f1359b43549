using Rhytid.Imaging;

namespace Rhytid.Faces.Skin;

/// <summary>
/// Finds the skin on which wrinkles are looked for: face and nose, without eyes, brows, lips, nostrils, hair.
/// </summary>
public interface ISkinMaskProvider
{
    /// <summary>What a user is told where <see cref="Find"/> finds nothing: a plain sentence.</summary>
    string NothingFound => "no skin was found on this face, so it was not searched for wrinkles";

    /// <summary>The skin of one face.</summary>
    /// <param name="face">The aligned face.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>A mask of the face image's size; empty where no skin is found.</returns>
    Mask Find(FaceImage face, CancellationToken cancellationToken = default);
}
