namespace Rhytid.Training.Datasets.Fetching;

/// <summary>A file did not arrive. The message is one line without the file's name.</summary>
internal sealed class TransferException(string message, TransferFault fault, Exception? inner = null) : Exception(message, inner)
{
    public TransferFault Fault { get; } = fault;

    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the server was reached and began to speak of this file before it failed.</summary>
    public bool IsTransient => Fault is TransferFault.Passing or TransferFault.Damaged;
}

/// <summary>What a failure means for the next try and for the other files.</summary>
internal enum TransferFault
{
    /// <summary>The network or the server: another try may help, and the other files suffer too.</summary>
    Passing,

    /// <summary>The bytes are not the file's, but may be next time.</summary>
    Damaged,

    /// <summary>The server will not give any file: a refusal, a web page.</summary>
    Refused,

    /// <summary>This one file cannot be had.</summary>
    File,
}
