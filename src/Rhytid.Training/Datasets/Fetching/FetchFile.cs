namespace Rhytid.Training.Datasets.Fetching;

/// <summary>One file to download.</summary>
/// <param name="Name">What messages and progress call it.</param>
/// <param name="Url">Where from.</param>
/// <param name="Target">Where to: a path on this machine.</param>
/// <param name="Content">What it has to be.</param>
/// <param name="Checksum">What is published of it.</param>
/// <param name="MaxBytes">The most bytes it may have.</param>
internal sealed record FetchFile(string Name, Uri Url, string Target, FileContent Content, Checksum Checksum, long MaxBytes);
