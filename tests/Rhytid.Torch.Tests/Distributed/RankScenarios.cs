using System.Diagnostics;
using System.Globalization;
using Rhytid.Torch.Distributed;
using Rhytid.Torch.Nn;

namespace Rhytid.Torch.Tests.Distributed;

/// <summary>
/// What a process of a test does: <c>dotnet Rhytid.Torch.Tests.dll rank SCENARIO</c>. It prints what the test looks at.
/// </summary>
internal static class RankScenarios
{
    private static readonly Dictionary<string, Action<ProcessGroupOptions>> Known = new()
    {
        ["collectives"] = Joined(Collectives),
        ["gradients"] = Joined(Gradients),
        ["refusals"] = Joined(Refusals),
        ["killed"] = Joined(Killed),
        ["silent"] = options => Joined(Silent)(options with { Timeout = TimeSpan.FromSeconds(3) }),
    };

    public static int Run(string scenario)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        TorchRuntime.Threads = 1;
        Known[scenario](ProcessGroupOptions.FromEnvironment()!);
        return 0;
    }

    /// <summary>
    /// Four numbers for each rank: what one process computes from all of them is what several have to.
    /// </summary>
    public static Tensor Samples(int ranks) =>
        Operator.Get("aten::sin").Call(Tensor.Arange(4 * ranks, DType.Float32) * 0.7).Reshape(4 * ranks, 1);

    /// <summary>
    /// A layer that normalises over all samples, and a loss that is a quotient of sums over all samples, as Dice is.
    /// </summary>
    /// <returns>The loss.</returns>
    public static Tensor Loss(
        Tensor samples, Tensor weight, Tensor bias, Func<Tensor, Tensor> layerSum, Func<Tensor, Tensor> lossSum)
    {
        var hidden = samples.MatMul(weight).Sigmoid();
        var count = layerSum(Tensor.Scalar(samples.Size(0)));
        var centred = hidden - layerSum(hidden.Sum([0], keepDimensions: true)) / count;
        var variance = layerSum((centred * centred).Sum([0], keepDimensions: true)) / count;
        var normal = centred / (variance + 1e-5).Sqrt();
        var probabilities = (normal * bias).Sum([1], keepDimensions: true).Sigmoid();
        var overlap = lossSum((probabilities * samples).Sum());
        var total = lossSum((probabilities + samples * samples).Sum());
        return overlap * overlap / total;
    }

    public static Tensor Leaf(params float[] values)
    {
        var leaf = Tensor.From(values, 1, values.Length);
        leaf.RequiresGrad = true;
        return leaf;
    }

    private static Action<ProcessGroupOptions> Joined(Action<ProcessGroup> body) => options =>
    {
        using var scope = TensorScope.Begin();
        using var group = ProcessGroup.Join(options);
        body(group);
    };

    private static void Collectives(ProcessGroup group)
    {
        var one = Tensor.Full([2], group.Rank + 1);
        var grid = (Tensor.Arange(16, DType.Float32).Reshape(1, 4, 2, 2) * (group.Rank + 1)).Contiguous(
            MemoryFormat.ChannelsLast);
        var count = Tensor.Full([], 10 + group.Rank, DType.Int64);
        group.AllReduce(one, grid, count, Tensor.Zeros([0]));
        Print("sum", one);
        Print("grid", grid);
        Print("count", count.To(DType.Float32));
        var part = (Tensor.Arange(6, DType.Float32).Reshape(3, 2) + group.Rank * 100)[.., 1];
        group.Broadcast(group.WorldSize - 1, part);
        Print("broadcast", part);
        group.Barrier();
    }

    private static void Gradients(ProcessGroup group)
    {
        var own = Samples(group.WorldSize).Narrow(0, 4 * group.Rank, 4);
        var (weight, bias) = (Leaf(0.5f, -1.5f, 2), Leaf(1, -0.5f, 0.25f));
        var loss = Loss(own, weight, bias, group.SumForLayer, group.SumForLoss);
        loss.Backward();
        Tensor[] gradients = [weight.Grad!, bias.Grad!];
        group.AllReduce(gradients);
        Print("loss", loss.Reshape(1));
        Print("weight", gradients[0]);
        Print("bias", gradients[1]);
        group.Barrier();
    }

    private static void Refusals(ProcessGroup group)
    {
        Refused(() => group.AllReduce(Tensor.Zeros([2 + group.Rank])));
        Refused(() => group.AllReduce(Tensor.Zeros([2], group.Rank == 0 ? DType.Float32 : DType.Float64)));
        Refused(() => group.Broadcast(group.Rank, Tensor.Zeros([2])));
        Refused(() => group.Broadcast(7, Tensor.Zeros([2])));
        Refused(() => group.AllReduce(Tensor.Zeros([2], DType.Bool)));
        var still = Tensor.Ones([1]);
        group.AllReduce(still);
        Print("still", still);
        group.Barrier();
    }

    private static void Killed(ProcessGroup group)
    {
        group.Barrier();
        if (group.Rank == 1)
            Process.GetCurrentProcess().Kill();
        Lost(group);
    }

    private static void Silent(ProcessGroup group)
    {
        group.Barrier();
        if (group.Rank == 1)
            Thread.Sleep(TimeSpan.FromSeconds(5));
        else
            Lost(group);
    }

    private static void Lost(ProcessGroup group)
    {
        var watch = Stopwatch.StartNew();
        var error = Assert.Throws<TorchException>(() => group.AllReduce(Tensor.Ones([1000])));
        Console.WriteLine($"after {watch.Elapsed.TotalSeconds:F0}: {error.Message}");
    }

    private static void Refused(Action call) => Console.WriteLine(Assert.ThrowsAny<TorchException>(call).Message);

    private static void Print(string name, Tensor tensor) =>
        Console.WriteLine($"{name} {string.Join(' ', tensor.ToArray<float>())}");
}
