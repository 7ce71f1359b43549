namespace Rhytid.Training.Runs.Tracking;

/// <summary>Follows a run: gets its numbers and pictures as they come.</summary>
public interface ITracker : IDisposable
{
    /// <summary>Numbers that belong to one step, by name ("train/loss").</summary>
    /// <param name="step">Optimizer steps since the beginning of the run.</param>
    /// <param name="values">A number that is NaN or infinite is kept as such: it is what a reader looks for.</param>
    void Scalars(long step, IReadOnlyDictionary<string, double> values);

    /// <summary>A picture that belongs to one step.</summary>
    /// <param name="step">Optimizer steps since the beginning of the run.</param>
    /// <param name="name">Its name ("val/overlay/00012").</param>
    /// <param name="png">The file's bytes.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    void Picture(long step, string name, ReadOnlyMemory<byte> png, int width, int height);

    /// <summary>Puts what was told so far on disk, so that a killed run has it.</summary>
    void Flush();
}
