using System.Globalization;
using Rhytid.Torch.Native;
using Rhytid.Torch.Nn;
using Rhytid.Torch.Optim;

namespace Rhytid.Torch.Tests;

/// <summary>
/// Long runs keep the size of the process: everything native is freed, also on the ways that exceptions take.
/// </summary>
public sealed class MemoryTests : IDisposable
{
    private const long Allowance = 20 << 20;
    private readonly int _threads = TorchRuntime.Threads;

    // The network is too small to share, and waiting threads would take the time of other tests' processors.
    public MemoryTests() => TorchRuntime.Threads = 1;

    public void Dispose() => TorchRuntime.Threads = _threads;

    [SkippableFact]
    public void Ten_thousand_passes_leave_the_memory_flat()
    {
        using var network = new Network();
        AssertFlat(10_000, _ =>
        {
            using var scope = TensorScope.Begin();
            using var mode = Autograd.Inference();
            network.Forward();
        });
    }

    [SkippableFact]
    public void Passes_that_fail_or_are_cancelled_half_way_free_everything()
    {
        using var network = new Network();
        AssertFlat(4_000, i =>
        {
            using var cancellation = new CancellationTokenSource();
            try
            {
                using var scope = TensorScope.Begin(cancellation.Token);
                var features = network.Features();
                if (i % 4 == 1)
                    features.Reshape(7, 11);
                if (i % 4 == 3)
                    cancellation.Cancel();
                network.Classify(features).Mean().Backward();
                Assert.Equal(0, i % 2);
            }
            catch (Exception error) when (error is TorchException or OperationCanceledException)
            {
                Assert.Equal(1, i % 2);
            }
        });
    }

    [SkippableFact]
    public void A_thousand_training_steps_leave_the_memory_flat()
    {
        using var network = new Network();
        network.Store.Train();
        using var optimizer = new AdamW([new ParameterGroup(network.Store.Parameters, 1e-3, 0.01)]);
        AssertFlat(1_000, _ =>
        {
            using var scope = TensorScope.Begin();
            optimizer.ZeroGrad();
            network.Forward().Pow(2).Mean().Backward();
            optimizer.ClipGradients(1);
            optimizer.Step();
        }, rememberedTensors: 3 * network.Store.Parameters.Count());
    }

    [SkippableFact]
    public void Steps_that_fail_half_way_leave_the_memory_flat()
    {
        using var network = new Network();
        network.Store.Train();
        using var optimizer = new AdamW([new ParameterGroup(network.Store.Parameters, 1e-3, 0.01)]);
        AssertFlat(600, i =>
        {
            using var scope = TensorScope.Begin();
            optimizer.ZeroGrad();
            var loss = network.Forward();
            if (i % 2 == 0)
                Assert.Throws<TorchException>(() => loss.Backward());
            else
                loss.Mean().Backward();
            optimizer.Step();
        }, rememberedTensors: 3 * network.Store.Parameters.Count());
    }

    [SkippableFact]
    public void Tensors_outside_scopes_are_collected_by_their_size()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the size of the process is read from /proc");
        var before = Resident();
        var largest = 0L;
        for (var i = 0; i < 2000; i++)
        {
            // Nobody disposes them; 8 GB in all.
            Tensor.Ones([1 << 20]);
            if (i % 20 == 0)
                largest = Math.Max(largest, Resident());
        }
        Assert.InRange(largest - before, 0, 1L << 30);
    }

    private static void AssertFlat(int count, Action<int> pass, int rememberedTensors = 0)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the size of the process is read from /proc");
        Collect();
        var open = TensorHandle.Open;
        for (var i = 0; i < count / 3; i++)
            pass(i);
        Collect();
        var warm = Resident();
        for (var i = count / 3; i < count; i++)
            pass(i);
        // Before the collection: what scopes leave to it would be a leak under load.
        Assert.Equal(open + rememberedTensors, TensorHandle.Open);
        Collect();
        Assert.InRange(Resident() - warm, long.MinValue, Allowance);
    }

    private static long Resident()
    {
        var pages = File.ReadAllText("/proc/self/statm").Split(' ')[1];
        return long.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize;
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    private sealed class Network : IDisposable
    {
        private readonly Sequential _features;
        private readonly Linear _head;
        private readonly Tensor _input = Tensor.Ones([2, 3, 16, 16]);

        public Network()
        {
            _features = new Sequential(
                Store.Root,
                new ConvBatchNorm(Store.Root / 0, Store.Root / 1, 3, 8, 3, stride: 2),
                new ConvBatchNorm(Store.Root / 2, Store.Root / 3, 8, 8, 3));
            _head = new Linear(Store.Root / "head", 8, 4);
        }

        public ParameterStore Store { get; } = new();

        public Tensor Features() => _features.Forward(_input);

        public Tensor Classify(Tensor features) => _head.Forward(features.Mean([2, 3]));

        public Tensor Forward() => Classify(Features());

        public void Dispose()
        {
            _input.Dispose();
            Store.Dispose();
        }
    }
}
