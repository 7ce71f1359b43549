using System.Runtime.ExceptionServices;

namespace Rhytid.Inference.Layers;

/// <summary>How a layer's rows are shared among threads.</summary>
internal static class RowLoop
{
    // More blocks than threads, so that none waits long for the last one.
    private const int BlocksPerThread = 4;

    /// <summary>Calls an action for blocks of rows.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="run">How many threads, and when to stop.</param>
    /// <param name="action">Gets the first row of a block and the one after its last.</param>
    public static void Run(int rows, RunSettings run, Action<int, int> action)
    {
        run.Cancellation.ThrowIfCancellationRequested();
        var blocks = Math.Min(rows, run.Threads == 1 ? 1 : run.Threads * BlocksPerThread);
        if (blocks <= 1)
        {
            action(0, rows);
            return;
        }
        try
        {
            var options = new ParallelOptions
            {
                MaxDegreeOfParallelism = run.Threads,
                CancellationToken = run.Cancellation,
            };
            Parallel.For(
                0, blocks, options,
                block => action((int)((long)rows * block / blocks), (int)((long)rows * (block + 1) / blocks)));
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }
    }
}

/// <summary>How a network is run.</summary>
/// <param name="Threads">Threads that work at once; at least one. The result is the same for any number.</param>
/// <param name="Cancellation">Looked at before every layer and inside long ones.</param>
internal readonly record struct RunSettings(int Threads, CancellationToken Cancellation);
