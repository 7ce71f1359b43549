using System.Runtime.ExceptionServices;
using Rhytid.Inference.Memory;

namespace Rhytid.Inference.Layers;

/// <summary>Computes one layer after another, its blocks shared among threads of the pool, without allocating.</summary>
/// <remarks>
/// The calling thread works too, so all gets done when the pool has no thread to spare. A helper that comes late helps
/// with the layer of the moment.
/// </remarks>
internal sealed class BlockLoop : IThreadPoolWorkItem
{
    private readonly object _lock = new();
    private Job? _job;
    private Blocks _blocks;
    private int _next;
    private int _queued;
    private int _working;
    private Exception? _failure;
    private CancellationToken _cancellation;

    /// <summary>Computes a layer.</summary>
    /// <param name="job">The layer with its maps.</param>
    /// <param name="run">Threads, and when to stop: looked at before every block.</param>
    public void Run(Job job, RunSettings run)
    {
        run.Cancellation.ThrowIfCancellationRequested();
        var blocks = job.Layer.BlocksFor(job.Inputs, job.Output, run.Threads);
        var threads = Math.Min(run.Threads, blocks.Count);
        int missing;
        lock (_lock)
        {
            (_job, _blocks, _cancellation) = (job, blocks, run.Cancellation);
            (_next, _working, _failure) = (0, 1, null);
            missing = Math.Max(0, threads - 1 - _queued);
            _queued += missing;
        }
        for (var i = 0; i < missing; i++)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        Work(job);
        Leave();
        WaitForHelpers();
        if (_failure is not null)
            ExceptionDispatchInfo.Throw(_failure);
        run.Cancellation.ThrowIfCancellationRequested();
    }

    void IThreadPoolWorkItem.Execute()
    {
        Job job;
        lock (_lock)
        {
            _queued--;
            if (_job is null || _next >= _blocks.Count)
                return;
            job = _job;
            _working++;
        }
        Work(job);
        Leave();
    }

    private void Work(Job job)
    {
        while (!_cancellation.IsCancellationRequested)
        {
            var block = Interlocked.Increment(ref _next) - 1;
            if (block >= _blocks.Count)
                return;
            try
            {
                var (first, count) = _blocks[block];
                job.Layer.RunBlock(job.Inputs, job.Output, first, count, _cancellation);
            }
            catch (Exception error)
            {
                lock (_lock)
                    _failure ??= error;
                Volatile.Write(ref _next, _blocks.Count);
                return;
            }
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            _working--;
            if (_working == 0)
                Monitor.PulseAll(_lock);
        }
    }

    // Most layers take less than it costs to wake a thread.
    private void WaitForHelpers()
    {
        var spin = default(SpinWait);
        while (Volatile.Read(ref _working) > 0 && !spin.NextSpinWillYield)
            spin.SpinOnce();
        lock (_lock)
        {
            while (_working > 0)
                Monitor.Wait(_lock);
            _job = null;
        }
    }
}

/// <summary>A layer with the maps that it reads and the one that it makes.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Inputs">One image each.</param>
/// <param name="Output">One image.</param>
internal sealed record Job(InferenceLayer Layer, FeatureMap[] Inputs, FeatureMap Output);

/// <summary>Rows or tiles in blocks of one size; the last may be smaller.</summary>
/// <param name="Total">How many there are.</param>
/// <param name="Size">How many a block has.</param>
internal readonly record struct Blocks(int Total, int Size)
{
    // More blocks than threads, so that none waits long for the last one.
    private const int PerThread = 4;

    public int Count => (Total + Size - 1) / Size;

    /// <summary>The first of a block, and how many it has.</summary>
    public (int First, int Count) this[int block] => (block * Size, Math.Min(Size, Total - (block * Size)));

    /// <summary>Rows, shared among threads.</summary>
    public static Blocks OfRows(int rows, int threads) =>
        new(rows, threads == 1 ? rows : (rows + (threads * PerThread) - 1) / (threads * PerThread));

    /// <summary>Blocks of whole groups that are not larger than they may be, as many for each thread.</summary>
    /// <param name="total">How many there are.</param>
    /// <param name="most">How many a block has at most; a multiple of the group.</param>
    /// <param name="group">A block's size is a multiple of this.</param>
    /// <param name="threads">How many blocks are worked on at once.</param>
    public static Blocks OfGroups(int total, int most, int group, int threads)
    {
        var blocks = Math.Max(1, (total + most - 1) / most);
        // A multiple of the threads, so that none waits at the end, while there are groups enough to share.
        blocks = Math.Min((blocks + threads - 1) / threads * threads, (total + group - 1) / group);
        return new Blocks(total, ((total + blocks - 1) / blocks + group - 1) / group * group);
    }
}

/// <summary>How a network is run.</summary>
/// <param name="Threads">Threads that work at once; at least one. The result is the same for any number.</param>
/// <param name="Cancellation">Looked at before every layer and inside long ones.</param>
internal readonly record struct RunSettings(int Threads, CancellationToken Cancellation);
