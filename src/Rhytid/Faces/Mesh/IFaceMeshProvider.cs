namespace Rhytid.Faces.Mesh;

/// <summary>Gives the 468 mesh points of a face: from a file, or from a network of the user's. Safe to use from many threads.</summary>
public interface IFaceMeshProvider
{
    /// <summary>The mesh of one face.</summary>
    /// <param name="face">The face image that the points refer to.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Null where no face is recognised in the image.</returns>
    FaceMesh? Find(FaceImage face, CancellationToken cancellationToken = default);
}
