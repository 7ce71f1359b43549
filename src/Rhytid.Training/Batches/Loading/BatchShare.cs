namespace Rhytid.Training.Batches.Loading;

/// <summary>
/// The part of every batch that one of several processes makes; the default is one process that makes all of it.
/// </summary>
/// <param name="Rank">This process, from 0.</param>
/// <param name="Others">How many processes there are beside it.</param>
public readonly record struct BatchShare(int Rank, int Others)
{
    /// <summary>How many processes share a batch.</summary>
    public int Ranks => Others + 1;

    /// <summary>
    /// Whether a batch of that many samples is shared; one with fewer samples than processes is made whole by every
    /// process.
    /// </summary>
    public bool Divides(int samples) => samples >= Ranks;

    /// <summary>The ids of this process: neighbours, as many as the other processes have or one more or less.</summary>
    public string[] Take(string[] ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return !Divides(ids.Length)
            ? ids
            : ids[(int)((long)ids.Length * Rank / Ranks)..(int)((long)ids.Length * (Rank + 1) / Ranks)];
    }
}
