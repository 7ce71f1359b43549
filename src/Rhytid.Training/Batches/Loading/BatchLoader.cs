using System.Diagnostics;
using Rhytid.Torch;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Batches.Loading;

/// <summary>
/// Gives the batches of an epoch one after the other, and makes the next ones while the network works on this one.
/// </summary>
/// <typeparam name="TBatch">What it makes.</typeparam>
public abstract class BatchLoader<TBatch>
    where TBatch : WrinkleBatch
{
    // One is ready while the next is made, by all processors: more would hold memory and make nothing sooner.
    private const int Ahead = 2;

    private readonly PackedDataset _data;
    private readonly IReadOnlyList<string> _ids;
    private readonly int _size;
    private readonly BatchShare _share;
    private readonly Stopwatch _waiting = new();

    /// <summary>Makes a loader.</summary>
    /// <param name="data">The packed set; not disposed with the loader.</param>
    /// <param name="ids">The samples of this part.</param>
    /// <param name="size">Samples of a batch; the last one of an epoch may have fewer.</param>
    /// <param name="share">The part of each batch that this process makes.</param>
    /// <exception cref="DatasetException">The pack lacks an id, or batches have fewer samples than there are
    /// processes.</exception>
    protected BatchLoader(PackedDataset data, IReadOnlyList<string> ids, int size, BatchShare share = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        if (ids.Where(id => !data.Contains(id)).ToList() is { Count: > 0 } missing)
            throw new DatasetException(
                $"the pack lacks {missing.Count} of {ids.Count} samples: "
                + $"{string.Join(' ', missing.Take(10))}{(missing.Count > 10 ? " ..." : "")}");
        if (ids.Count == 0)
            throw new DatasetException("there are no samples to load");
        if (!share.Divides(size))
            throw new DatasetException(
                $"{share.Ranks} processes cannot share batches of {size} samples; "
                + "use larger batches, or fewer processes");
        (_data, _ids, _size, _share) = (data, ids, size, share);
    }

    /// <summary>The samples.</summary>
    public IReadOnlyList<string> Ids => _ids;

    /// <summary>Batches of an epoch.</summary>
    public int Count => (_ids.Count + _size - 1) / _size;

    /// <summary>How long somebody waited for a batch so far.</summary>
    public TimeSpan Waited => _waiting.Elapsed;

    /// <summary>
    /// Whether processes share a batch of an epoch; else, because it is smaller than their number, each makes all of
    /// it.
    /// </summary>
    /// <param name="batch">From 0.</param>
    public bool IsShared(int batch) => _share.Divides(SizeOf(batch));

    /// <summary>Samples of a batch of an epoch, those of all processes.</summary>
    /// <param name="batch">From 0.</param>
    public int SizeOf(int batch) => Math.Min(_size, _ids.Count - (batch * _size));

    /// <summary>The batches of an epoch; whoever takes one disposes it.</summary>
    /// <param name="epoch">From 0.</param>
    /// <param name="first">Batches of this epoch that are left out: a resumed run had them already.</param>
    public IEnumerable<TBatch> Epoch(int epoch, int first = 0)
    {
        var waiting = new Queue<string[]>(OrderOf(_ids, epoch).Chunk(_size).Skip(first).Select(_share.Take));
        var making = new Queue<Task<TBatch>>();
        try
        {
            while (waiting.Count > 0 || making.Count > 0)
            {
                while (making.Count < Ahead && waiting.TryDequeue(out var ids))
                    making.Enqueue(Task.Run(() => Make([.. ids.Select(id => _data[id])], epoch)));
                _waiting.Start();
                var batch = making.Dequeue().GetAwaiter().GetResult();
                _waiting.Stop();
                yield return batch;
            }
        }
        finally
        {
            _waiting.Stop();
            // Waited for, not left alone: they read mapped files, which whoever stops here may close next.
            foreach (var left in making)
                Abandon(left);
        }
    }

    private static void Abandon(Task<TBatch> making)
    {
        ((IAsyncResult)making).AsyncWaitHandle.WaitOne();
        if (making.IsCompletedSuccessfully)
            making.Result.Dispose();
        else
            _ = making.Exception;
    }

    /// <summary>The order of an epoch.</summary>
    protected abstract IReadOnlyList<string> OrderOf(IReadOnlyList<string> ids, int epoch);

    /// <summary>Makes a batch; on any thread.</summary>
    protected abstract TBatch Make(IReadOnlyList<PackedSample> samples, int epoch);

    /// <summary>The maps of all samples side by side: (N, planes, H, W).</summary>
    /// <remarks>A channel that a sample lacks is left out; a missing scored region is everywhere.</remarks>
    /// <param name="samples">N samples.</param>
    /// <param name="type">UInt8, as the pack has them, or Float32; masks of fractions are Float32 in any case.</param>
    private protected ChannelSet<Tensor> Stack(IReadOnlyList<PackedSample> samples, DType type)
    {
        bool IsStacked(Channel channel) => channel.Info().Values == ChannelValues.Region
            ? samples.Any(sample => sample.Maps.Contains(channel))
            : samples.All(sample => sample.Maps.Contains(channel));

        return new(Channels.All.Where(IsStacked).Select(channel => KeyValuePair.Create(
            channel,
            channel.Info().Values == ChannelValues.Line && _data.MaskLevels != 1
                ? Stack(samples, channel, DType.Float32).MulInPlace(1.0 / _data.MaskLevels)
                : Stack(samples, channel, type))));
    }

    private Tensor Stack(IReadOnlyList<PackedSample> samples, Channel channel, DType type)
    {
        var planes = channel.Info().Planes;
        var tensor = Tensor.Empty([samples.Count, planes, _data.Size, _data.Size], type);
        var length = planes * _data.Size * _data.Size;
        for (var i = 0; i < samples.Count; i++)
        {
            var map = samples[i].Maps.TryGet(channel, out var bytes) ? bytes.Span : Everywhere(length);
            if (type == DType.UInt8)
                map.CopyTo(tensor.AsSpan<byte>()[(i * length)..]);
            else
                System.Numerics.Tensors.TensorPrimitives.ConvertChecked<byte, float>(
                    map, tensor.AsSpan<float>().Slice(i * length, length));
        }
        return tensor;
    }

    private static ReadOnlySpan<byte> Everywhere(int length)
    {
        var all = new byte[length];
        Array.Fill(all, (byte)1);
        return all;
    }
}
