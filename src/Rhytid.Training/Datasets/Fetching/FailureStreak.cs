namespace Rhytid.Training.Datasets.Fetching;

/// <summary>Counts failures in a row that are no matter of the single file, over all threads.</summary>
internal sealed class FailureStreak(int most)
{
    private int _count;

    /// <summary>Enough: whoever asks next would be refused as well.</summary>
    public bool IsOver => Volatile.Read(ref _count) >= most;

    public void Succeeded() => Volatile.Write(ref _count, 0);

    public void Failed(TransferException error)
    {
        if (error.Fault is TransferFault.Refused or TransferFault.Passing)
            Interlocked.Increment(ref _count);
    }
}
