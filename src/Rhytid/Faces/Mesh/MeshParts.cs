namespace Rhytid.Faces.Mesh;

/// <summary>Parts of a face that a <see cref="FaceMesh"/> outlines.</summary>
[Flags]
public enum MeshParts
{
    /// <summary>No part.</summary>
    None = 0,

    /// <summary>Both eyes, between the lids.</summary>
    Eyes = 1,

    /// <summary>Both brows.</summary>
    Brows = 2,

    /// <summary>Lips, and the mouth between them.</summary>
    Lips = 4,

    /// <summary>Both nostrils.</summary>
    Nostrils = 8,

    /// <summary>Everything inside a face that is no skin.</summary>
    NotSkin = Eyes | Brows | Lips | Nostrils,
}
