namespace Rhytid.Faces.Mesh;

/// <summary>A landmark file cannot be used. The message is one line: which file, what is wrong with it.</summary>
public sealed class FaceMeshException : RhytidException
{
    /// <summary>With a message.</summary>
    public FaceMeshException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and what caused it.</summary>
    public FaceMeshException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
