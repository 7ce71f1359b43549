namespace Rhytid.Faces.Skin;

/// <summary>Gives the 468 mesh points of a face: from a file, or from a network of the user's.</summary>
public interface IFaceMeshProvider
{
    /// <summary>The mesh of one face.</summary>
    /// <param name="face">The face image that the points refer to.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    FaceMesh Find(FaceImage face, CancellationToken cancellationToken = default);
}
