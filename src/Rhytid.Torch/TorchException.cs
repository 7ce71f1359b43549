namespace Rhytid.Torch;

/// <summary>libtorch refused an operation. The message is its own, after the operator's name.</summary>
public sealed class TorchException : RhytidException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="operation">The operator ("aten::conv2d") or the function that failed.</param>
    /// <param name="message">libtorch's message.</param>
    public TorchException(string operation, string message)
        : base($"{operation}: {message}") => Operation = operation;

    /// <summary>The operator or function that failed.</summary>
    public string Operation { get; }
}
