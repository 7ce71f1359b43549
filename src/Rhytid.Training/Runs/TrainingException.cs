namespace Rhytid.Training.Runs;

/// <summary>A run cannot go on. The message is one line that says why and what is left.</summary>
public sealed class TrainingException : RhytidException
{
    /// <summary>With a message.</summary>
    public TrainingException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and what caused it.</summary>
    public TrainingException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
