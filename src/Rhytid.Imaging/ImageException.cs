namespace Rhytid.Imaging;

/// <summary>
/// A picture cannot be read or written. The message is one line that says what, and what to do where that is known.
/// </summary>
public sealed class ImageException : RhytidException
{
    /// <summary>With a message.</summary>
    public ImageException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and what caused it.</summary>
    public ImageException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
