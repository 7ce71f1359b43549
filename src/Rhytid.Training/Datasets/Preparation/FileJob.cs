namespace Rhytid.Training.Datasets.Preparation;

/// <summary>One file to make.</summary>
/// <param name="Name">What messages call it, such as the sample's id.</param>
/// <param name="Target">The file; that it exists means that it is finished.</param>
/// <param name="Make">Computes the file's bytes; called from any thread.</param>
public sealed record FileJob(string Name, string Target, Func<byte[]> Make);

/// <summary>How many files a run made.</summary>
/// <param name="Done">Made now.</param>
/// <param name="Skipped">There already.</param>
/// <param name="Failed">Name and reason of those that could not be made.</param>
public sealed record FileJobsResult(int Done, int Skipped, IReadOnlyList<(string Name, string Reason)> Failed);
