using System.Runtime.InteropServices;
using Rhytid.Torch.Native;

namespace Rhytid.Torch.Distributed;

/// <summary>
/// Processes, on one machine or many, that train one network: each makes the same calls in the same order.
/// </summary>
/// <remarks>
/// A call returns when every process has made it. It fails, with a <see cref="TorchException"/>, at once when another
/// process ended, and after <see cref="ProcessGroupOptions.Timeout"/> when one is silent; the group is of no more use
/// then. Calls with other shapes than the other ranks' are refused on every rank.
/// </remarks>
public sealed unsafe class ProcessGroup : IDisposable
{
    /// <summary>What the message of every call says that failed because of another process.</summary>
    public const string LostRank = "another rank ended or did not answer in time";

    [ThreadStatic]
    private static ProcessGroup? t_current;

    private readonly GroupHandle _handle;

    private ProcessGroup(ProcessGroupOptions options, nint group) =>
        (Options, _handle) = (options, new GroupHandle(group));

    /// <summary>The group whose ranks compute together on this thread, or null: see <see cref="Use"/>.</summary>
    public static ProcessGroup? Current => t_current;

    /// <summary>What the group was joined with.</summary>
    public ProcessGroupOptions Options { get; }

    /// <summary>This process's number, from 0.</summary>
    public int Rank => Options.Rank;

    /// <summary>How many processes there are.</summary>
    public int WorldSize => Options.WorldSize;

    /// <summary>Whether this build can join processes in that way.</summary>
    public static bool Has(CollectiveBackend backend)
    {
        TorchCall.Check(TorchLibrary.rt_group_backends(out var backends), "join");
        return (backends & (1 << (int)backend)) != 0;
    }

    /// <summary>Meets the other processes: waits until all have come.</summary>
    /// <param name="options">Which process this is, and where they meet.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="TorchException">The others did not come in time, the port is taken, or this build has no
    /// c10d.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static ProcessGroup Join(ProcessGroupOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        TorchRuntime.Initialize();
        // libtorch's wait cannot be interrupted; who stops waiting leaves it behind in its thread, which ends with the
        // process.
        var joining = Task.Factory.StartNew(
            () => Create(options), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            joining.Wait(cancellation);
        }
        catch (AggregateException error) when (error.InnerException is TorchException reason)
        {
            throw reason;
        }
        return new ProcessGroup(options, joining.Result);
    }

    /// <summary>
    /// Each tensor becomes the sum of the ranks' tensors, in place and outside of what is recorded for gradients.
    /// </summary>
    /// <param name="tensors">The same shapes and element types on every rank; bf16 and truth values cannot be
    /// sent.</param>
    public void AllReduce(params ReadOnlySpan<Tensor> tensors) =>
        With(tensors, "all_reduce", (handles, count) => TorchLibrary.rt_group_all_reduce(_handle, handles, count));

    /// <summary>
    /// Each tensor becomes that of rank <paramref name="root"/>, in place and outside of what is recorded for
    /// gradients.
    /// </summary>
    /// <param name="root">The rank whose values all get.</param>
    /// <param name="tensors">The same shapes and element types on every rank; bf16 and truth values cannot be
    /// sent.</param>
    public void Broadcast(int root, params ReadOnlySpan<Tensor> tensors) =>
        With(tensors, "broadcast", (handles, count) => TorchLibrary.rt_group_broadcast(_handle, handles, count, root));

    /// <summary>
    /// The ranks' batches are one batch in this scope: batch normalisation takes its statistics from all of them, and
    /// losses may. Every rank computes the same there. Scopes of one thread end innermost first.
    /// </summary>
    public IDisposable Use()
    {
        var before = t_current;
        t_current = this;
        return new Restore(() => t_current = before);
    }

    /// <summary>Waits until every process has come here.</summary>
    public void Barrier() => Check(TorchLibrary.rt_group_barrier(_handle), "barrier");

    /// <summary>The sum of the ranks' terms of a loss.</summary>
    /// <remarks>
    /// Let every rank compute the same loss L from sums s = x_0 + x_1 + ... over ranks. The global gradient of a weight
    /// w is the sum over ranks of dL/ds dx_r/dw, and rank r can compute its own term alone: to its backward, s depends
    /// on x_r as on itself. So this function has the value of the sum and the gradient of the identity, and gradients
    /// that are then summed over ranks (not averaged) are exactly those of one process with all the data. A mean is a
    /// sum over ranks divided by a count that was summed too.
    /// </remarks>
    /// <param name="terms">This rank's part, of any shape that is the same on every rank.</param>
    /// <returns>The sum, bit by bit the same on every rank.</returns>
    public Tensor SumForLoss(Tensor terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var total = terms.Detach().Clone();
        AllReduce(total);
        // terms - terms is exactly 0, and carries the gradient.
        return terms.RequiresGrad ? terms - terms.Detach() + total : total;
    }

    /// <summary>
    /// The sum of the ranks' statistics, for a layer in the middle of the network such as batch normalisation.
    /// </summary>
    /// <remarks>
    /// Here every rank goes on to compute something else from the sum, so each rank's statistics act on the loss
    /// through all ranks: their gradient is the sum of the gradients that arrive on each rank. Backward makes a call of
    /// its own for that, and as backward runs in the opposite order of the same recorded computation, the ranks' calls
    /// still match.
    /// </remarks>
    /// <param name="statistics">This rank's part, of any shape that is the same on every rank.</param>
    /// <returns>The sum, bit by bit the same on every rank.</returns>
    public Tensor SumForLayer(Tensor statistics)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        var sum = SumForLoss(statistics);
        if (sum.RequiresGrad)
            Check(TorchLibrary.rt_group_reduce_gradient(_handle, sum.Handle), "reduce_gradient");
        return sum;
    }

    /// <summary>
    /// Leaves the group. The others' calls fail from now on, so the last call of all is a <see cref="Barrier"/>.
    /// </summary>
    public void Dispose() => _handle.Dispose();

    private static nint Create(ProcessGroupOptions options)
    {
        var address = options.Backend == CollectiveBackend.Gloo
            ? OwnAddress.Towards(options.MasterAddress, Environment.GetEnvironmentVariable("GLOO_SOCKET_IFNAME"))
            : "";
        using var host = new NativeText(options.MasterAddress);
        using var own = new NativeText(address);
        using var backend = new NativeText(options.Backend == CollectiveBackend.Gloo ? "gloo" : "nccl");
        var native = new NativeGroupOptions
        {
            Rank = options.Rank,
            Size = options.WorldSize,
            Port = options.MasterPort,
            Timeout = (int)Math.Clamp(options.Timeout.TotalMilliseconds, 1, int.MaxValue),
            Host = host.Pointer,
            Address = own.Pointer,
            Backend = backend.Pointer,
        };
        if (TorchLibrary.rt_group_create(native, out var group) != 0)
            throw new TorchException(
                "join",
                $"rank {options.Rank} of {options.WorldSize} could not meet the others at {options.MasterAddress}:{options.MasterPort}: {TorchCall.LastError()}");
        return group;
    }

    private sealed class Restore(Action undo) : IDisposable
    {
        public void Dispose() => undo();
    }

    private delegate int Collective(nint* handles, int count);

    private void With(ReadOnlySpan<Tensor> tensors, string operation, Collective collective)
    {
        var handles = new nint[tensors.Length];
        var held = 0;
        try
        {
            for (; held < tensors.Length; held++)
            {
                ArgumentNullException.ThrowIfNull(tensors[held], nameof(tensors));
                var added = false;
                tensors[held].Handle.DangerousAddRef(ref added);
                handles[held] = tensors[held].Handle.DangerousGetHandle();
            }
            fixed (nint* first = handles)
                Check(collective(first, handles.Length), operation);
        }
        finally
        {
            while (--held >= 0)
                tensors[held].Handle.DangerousRelease();
        }
    }

    private void Check(int status, string operation)
    {
        if (status != 0)
            throw new TorchException(operation, $"rank {Rank} of {WorldSize}: {TorchCall.LastError()}");
    }

    /// <summary>A text in the form that native code reads, for the time of a call.</summary>
    private sealed class NativeText(string text) : IDisposable
    {
        public nint Pointer { get; } = Marshal.StringToCoTaskMemUTF8(text);

        public void Dispose() => Marshal.FreeCoTaskMem(Pointer);
    }
}
