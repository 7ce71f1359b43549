namespace Rhytid.Faces.Mesh;

/// <summary>
/// Gives the 468 mesh points of a face: from a file, or from a network. Safe to use from many threads.
/// </summary>
public interface IFaceMeshProvider
{
    /// <summary>Finds no mesh in any face: the detector's points serve.</summary>
    static IFaceMeshProvider None { get; } = new NoFaceMesh();

    /// <summary>The mesh of one face.</summary>
    /// <param name="face">The face image that the points refer to.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Null where no face is recognised in the image.</returns>
    FaceMesh? Find(FaceImage face, CancellationToken cancellationToken = default);
}

internal sealed class NoFaceMesh : IFaceMeshProvider
{
    public FaceMesh? Find(FaceImage face, CancellationToken cancellationToken = default) => null;
}
