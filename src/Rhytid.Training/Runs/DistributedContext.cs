using Rhytid.Torch;
using Rhytid.Torch.Distributed;
using Rhytid.Torch.Nn;
using Rhytid.Torch.Optim;
using Rhytid.Training.Batches;
using Rhytid.Training.Batches.Loading;

namespace Rhytid.Training.Runs;

/// <summary>
/// This process among those that train one network. Every process makes the same calls in the same order; for a process
/// that trains alone they do nothing.
/// </summary>
/// <param name="group">The processes; null for one alone.</param>
/// <param name="device">Where the network computes.</param>
internal sealed class DistributedContext(ProcessGroup? group, Device device)
{
    /// <summary>Whether this process validates and writes files.</summary>
    public bool IsLeader => group is null or { Rank: 0 };

    /// <summary>How many processes there are.</summary>
    public int Count => group?.WorldSize ?? 1;

    /// <summary>The part of each batch that a process makes.</summary>
    public static BatchShare ShareOf(ProcessGroup? group) =>
        group is null ? default : new BatchShare(group.Rank, group.WorldSize - 1);

    /// <summary>A scope in which the losses and batch norm of all processes are those of one batch.</summary>
    public IDisposable? OneBatch() => group?.Use();

    /// <summary>Copies the leader's weights to all processes.</summary>
    public void ShareWeights(ParameterStore parameters) =>
        group?.Broadcast(0, [.. parameters.Entries.Select(entry => entry.Tensor)]);

    /// <summary>Checks that all processes resume from the same step.</summary>
    public void RequireSame(TrainingProgress progress)
    {
        if (group is null)
            return;
        using var scope = TensorScope.Begin();
        long[] own = [progress.Epoch, progress.Batch, progress.Step];
        var leaders = Tensor.From(own, own.Length).To(device);
        group.Broadcast(0, leaders);
        if (Any(!leaders.To(Device.Cpu).ToArray<long>().SequenceEqual(own)))
            throw new TrainingException(
                "the processes do not see the same checkpoint; the run's folder has to be one that all of them share");
    }

    /// <summary>Sums the gradients over the processes: the gradients of the whole batch.</summary>
    public void SumGradients(Optimizer optimizer)
    {
        if (group is null)
            return;
        using var scope = TensorScope.Begin();
        group.AllReduce(
            [.. optimizer.Groups.SelectMany(part => part.Parameters)
                .Select(parameter => parameter.Tensor.Grad)
                .OfType<Tensor>()]);
    }

    /// <summary>Whether the value is true in any process.</summary>
    public bool Any(bool value)
    {
        if (group is null)
            return value;
        using var scope = TensorScope.Begin();
        var count = Tensor.Full([1], value ? 1 : 0, device: device);
        group.AllReduce(count);
        return count.ToDouble() > 0;
    }

    /// <summary>Two numbers that the leader computes and broadcasts.</summary>
    /// <exception cref="OperationCanceledException">The leader was stopped.</exception>
    public (double First, double Second) FromLeader(Func<(double First, double Second)> compute)
    {
        if (group is null)
            return compute();
        using var scope = TensorScope.Begin();
        var answer = Tensor.Zeros([3], DType.Float64, device);
        try
        {
            if (IsLeader)
                answer = Answer(compute());
        }
        catch (OperationCanceledException)
        {
            group.Broadcast(0, answer);
            throw;
        }
        group.Broadcast(0, answer);
        return answer.To(Device.Cpu).ToArray<double>() is [1, var first, var second]
            ? (first, second)
            : throw new OperationCanceledException();
    }

    private Tensor Answer((double First, double Second) numbers) =>
        Tensor.From([1, numbers.First, numbers.Second], 3).To(device);
}
