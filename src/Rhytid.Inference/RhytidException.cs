namespace Rhytid;

/// <summary>
/// An error that a user can mend: a file that is damaged, a set or a recipe that does not fit. The message is one line
/// that says what, where and what to do.
/// </summary>
public abstract class RhytidException : Exception
{
    /// <summary>With a message.</summary>
    protected RhytidException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and what caused it.</summary>
    protected RhytidException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
