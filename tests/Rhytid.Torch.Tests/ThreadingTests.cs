using Rhytid.Torch.Nn;

namespace Rhytid.Torch.Tests;

public class ThreadingTests
{
    [Fact]
    public void Eight_threads_share_one_model_with_identical_results()
    {
        using var scope = TensorScope.Begin();
        TorchRuntime.Seed(11);
        using var store = new ParameterStore();
        var model = new Sequential(
            store.Root,
            new ConvBatchNorm(store.Root / 0, store.Root / 1, 3, 32, 3),
            new ConvBatchNorm(store.Root / 2, store.Root / 3, 32, 32, 3),
            new ConvBatchNorm(store.Root / 4, store.Root / 5, 32, 16, 1));
        store.Optimize(new InferenceOptions());
        var images = Enumerable.Range(0, 4).Select(_ => Tensor.Randn([1, 3, 33, 47])).ToArray();
        float[][] Results() => Array.ConvertAll(images, image =>
        {
            using var inner = TensorScope.Begin();
            using var mode = Autograd.Inference();
            return model.Forward(image).ToArray<float>();
        });
        var expected = Results();

        var errors = OnThreads(8, _ =>
        {
            for (var round = 0; round < 5; round++)
                foreach (var (wanted, got) in expected.Zip(Results()))
                    Assert.Equal(wanted, got);
        });

        Assert.All(errors, Assert.Null);
    }

    [Fact]
    public void The_thread_count_holds_for_threads_that_have_computed_before()
    {
        var before = TorchRuntime.Threads;
        try
        {
            using var computed = new Barrier(2);
            using var changed = new Barrier(2);
            var seen = 0;
            var thread = new Thread(() =>
            {
                using (var scope = TensorScope.Begin())
                    Tensor.Ones([64, 64]).MatMul(Tensor.Ones([64, 64]));
                computed.SignalAndWait();
                changed.SignalAndWait();
                seen = TorchRuntime.Threads;
            });
            thread.Start();
            computed.SignalAndWait();
            TorchRuntime.Threads = before + 2;
            changed.SignalAndWait();
            thread.Join();
            Assert.Equal(before + 2, TorchRuntime.Threads);
            Assert.Equal(before + 2, seen);
        }
        finally
        {
            TorchRuntime.Threads = before;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1025)]
    [InlineData(int.MaxValue)]
    public void Impossible_thread_counts_are_refused(int count)
    {
        var before = TorchRuntime.Threads;
        Assert.Throws<ArgumentOutOfRangeException>(() => TorchRuntime.Threads = count);
        Assert.Equal(before, TorchRuntime.Threads);
    }

    [Fact]
    public void The_smallest_numbers_are_zero_inside_operators_and_whole_outside_on_every_thread()
    {
        var errors = OnThreads(4, _ =>
        {
            using var scope = TensorScope.Begin();
            var tiny = Tensor.Full([64], 1e-40);
            Assert.All((tiny * 1).ToArray<float>(), value => Assert.Equal(0f, value));
            Assert.True(BitConverter.Int32BitsToSingle(100) * Environment.ProcessorCount > 0);
        });
        Assert.All(errors, Assert.Null);
    }

    private static Exception?[] OnThreads(int count, Action<int> work)
    {
        var errors = new Exception?[count];
        var threads =
            Enumerable.Range(0, count)
                .Select(i => new Thread(() => errors[i] = Record.Exception(() => work(i))))
                .ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return errors;
    }
}
