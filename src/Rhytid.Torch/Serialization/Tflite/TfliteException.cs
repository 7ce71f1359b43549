namespace Rhytid.Torch.Serialization.Tflite;

/// <summary>
/// A TFLite model is damaged, of another kind, or needs what is not supported. The message is one line: file and
/// reason.
/// </summary>
public sealed class TfliteException : RhytidException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="file">The file's path, or what stands for it.</param>
    /// <param name="reason">What is wrong with it, and what to do where that is known.</param>
    /// <param name="inner">What caused it.</param>
    public TfliteException(string file, string reason, Exception? inner = null)
        : base($"{file}: {reason}", inner) => (File, Reason) = (file, reason);

    /// <summary>The file's path, or what stands for it.</summary>
    public string File { get; }

    /// <summary>The message without the file.</summary>
    public string Reason { get; }
}
