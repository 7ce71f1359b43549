namespace Rhytid.Inference.Serialization;

/// <summary>
/// A file of tensors is damaged, of another kind, or holds what is not read. The message is one line: file and reason.
/// </summary>
public sealed class CheckpointException : RhytidException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="file">The file's path, or what stands for it.</param>
    /// <param name="reason">What is wrong with it, and what to do where that is known.</param>
    /// <param name="inner">What caused it.</param>
    public CheckpointException(string file, string reason, Exception? inner = null)
        : base($"{file}: {reason}", inner) => (File, Reason) = (file, reason);

    /// <summary>The file's path, or what stands for it.</summary>
    public string File { get; }

    /// <summary>The message without the file.</summary>
    public string Reason { get; }

    /// <summary>
    /// Runs a reader. Inside, damage is an <see cref="InvalidDataException"/> that knows no file name; here it gets
    /// one.
    /// </summary>
    internal static T Guard<T>(string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException error)
        {
            throw new CheckpointException(file, error.Message, error);
        }
        catch (EndOfStreamException error)
        {
            throw new CheckpointException(file, "the file is cut off", error);
        }
    }
}
