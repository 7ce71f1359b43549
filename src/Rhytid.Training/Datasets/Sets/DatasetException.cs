namespace Rhytid.Training.Datasets.Sets;

/// <summary>
/// A data set or a file about one is not as it should be. The message is one line that says what, where and what to do.
/// </summary>
public sealed class DatasetException : RhytidException
{
    /// <summary>With a message.</summary>
    public DatasetException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and what caused it.</summary>
    public DatasetException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Throws where there is a problem to tell.</summary>
    internal static void ThrowIf(string? problem)
    {
        if (problem is not null)
            throw new DatasetException(problem);
    }
}
