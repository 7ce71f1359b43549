using System.Collections.Concurrent;
using System.Diagnostics;
using Rhytid.Torch;
using Rhytid.Training.Datasets;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Training.Batches;

/// <summary>
/// Gives the batches of an epoch in an order that depends on seed and epoch alone, and reads the next ones while the network works on
/// this one.
/// </summary>
public sealed class BatchLoader
{
    private const int Ahead = 3;

    private readonly PackedDataset _data;
    private readonly IReadOnlyList<string> _ids;
    private readonly int _size;
    private readonly int _seed;
    private readonly bool _shuffle;
    private readonly Stopwatch _waiting = new();

    /// <summary>Makes a loader.</summary>
    /// <param name="data">The packed set; not disposed with the loader.</param>
    /// <param name="ids">The samples of this part.</param>
    /// <param name="size">Samples of a batch; the last one of an epoch may have fewer.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="shuffle">Another order in every epoch; else always that of <paramref name="ids"/>.</param>
    /// <exception cref="DatasetException">The pack lacks an id.</exception>
    public BatchLoader(PackedDataset data, IReadOnlyList<string> ids, int size, int seed, bool shuffle)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        if (ids.Where(id => !data.Contains(id)).ToList() is { Count: > 0 } missing)
            throw new DatasetException($"the pack lacks {missing.Count} of {ids.Count} samples: {string.Join(' ', missing.Take(10))}{(missing.Count > 10 ? " ..." : "")}");
        if (ids.Count == 0)
            throw new DatasetException("there are no samples to load");
        (_data, _ids, _size, _seed, _shuffle) = (data, ids, size, seed, shuffle);
    }

    /// <summary>Batches of an epoch.</summary>
    public int Count => (_ids.Count + _size - 1) / _size;

    /// <summary>How long somebody waited for a batch so far.</summary>
    public TimeSpan Waited => _waiting.Elapsed;

    /// <summary>The batches of an epoch; whoever takes one disposes it.</summary>
    /// <param name="epoch">From 0.</param>
    /// <param name="first">Batches of this epoch that are left out: a resumed run had them already.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public IEnumerable<LoadedBatch> Epoch(int epoch, int first = 0, CancellationToken cancellationToken = default)
    {
        // The order of an epoch is that of its own seed; primes keep neighbouring seeds and epochs apart.
        var order = _shuffle ? SeededOrder.Shuffle(_ids, unchecked((_seed * 1_000_003) + epoch), id => id) : _ids;
        var batches = order.Chunk(_size).Skip(first).ToList();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var ready = new BlockingCollection<LoadedBatch>(Ahead);
        var reading = Task.Run(() => Read(batches, ready, stop.Token), CancellationToken.None);
        try
        {
            while (true)
            {
                _waiting.Start();
                var hasOne = ready.TryTake(out var batch, Timeout.Infinite, cancellationToken);
                _waiting.Stop();
                if (!hasOne)
                    break;
                yield return batch!;
            }
            // What went wrong while reading is told here.
            reading.GetAwaiter().GetResult();
        }
        finally
        {
            _waiting.Stop();
            stop.Cancel();
            ((IAsyncResult)reading).AsyncWaitHandle.WaitOne();
            while (ready.TryTake(out var left))
                left.Dispose();
        }
    }

    private void Read(List<string[]> batches, BlockingCollection<LoadedBatch> ready, CancellationToken token)
    {
        try
        {
            foreach (var ids in batches)
            {
                var batch = Load(ids);
                try
                {
                    ready.Add(batch, token);
                }
                catch (OperationCanceledException)
                {
                    batch.Dispose();
                    return;
                }
            }
        }
        finally
        {
            ready.CompleteAdding();
        }
    }

    private LoadedBatch Load(string[] ids)
    {
        PackedSample[] samples = [.. ids.Select(id => _data[id])];
        return new LoadedBatch(ids,
            Stack(samples, 3, sample => sample.Image),
            StackAll(samples, sample => sample.Texture),
            StackAll(samples, sample => sample.Mask),
            samples.Any(sample => sample.Scored is not null) ? Stack(samples, 1, sample => sample.Scored ?? Everywhere()) : null,
            StackAll(samples, sample => sample.Skin));
    }

    private byte[] Everywhere()
    {
        var all = new byte[_data.Size * _data.Size];
        Array.Fill(all, (byte)1);
        return all;
    }

    private Tensor? StackAll(PackedSample[] samples, Func<PackedSample, ReadOnlyMemory<byte>?> of) =>
        samples.All(sample => of(sample) is not null) ? Stack(samples, 1, sample => of(sample)!.Value) : null;

    private Tensor Stack(PackedSample[] samples, int channels, Func<PackedSample, ReadOnlyMemory<byte>> of)
    {
        var tensor = Tensor.Empty([samples.Length, channels, _data.Size, _data.Size]);
        var values = tensor.AsSpan<float>();
        var length = channels * _data.Size * _data.Size;
        for (var i = 0; i < samples.Length; i++)
            System.Numerics.Tensors.TensorPrimitives.ConvertChecked<byte, float>(of(samples[i]).Span, values.Slice(i * length, length));
        return tensor;
    }
}
