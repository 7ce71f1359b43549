namespace Rhytid.Faces.Skin;

/// <summary>What a pixel of a face picture can be. The first seven are the tiles of the atlas, in its order.</summary>
internal enum FaceClass
{
    /// <summary>Skin of face and nose: what the mask keeps.</summary>
    Skin,

    /// <summary>
    /// Skin that is not the face's: neck and ears. It has the colour of the face, so only the place tells it apart.
    /// </summary>
    NeckAndEars,

    /// <summary>Hair, beard where it is dense, and hats.</summary>
    Hair,

    /// <summary>Everything around the person, and clothes.</summary>
    Background,

    /// <summary>Eyebrows.</summary>
    Brow,

    /// <summary>Eyes between the lids.</summary>
    Eye,

    /// <summary>Lips and open mouth.</summary>
    Lips,

    /// <summary>
    /// A surgical mask or scarf over the lower face. Not in the atlas: see <see cref="FaceCovering"/>.
    /// </summary>
    Covering,
}
