using Rhytid.Torch.Nn;

namespace Rhytid.Torch.Tests;

public class AutogradTests
{
    private static readonly Dictionary<string, (long[][] Shapes, Func<Tensor[], Tensor> Compute)> Functions = new()
    {
        ["conv2d"] = ([[2, 4, 5, 4], [6, 2, 3, 3], [6]], t => t[0].Conv2d(t[1], t[2], 2, 1, 1, groups: 2)),
        ["conv_transpose2d"] = ([[1, 2, 3, 4], [2, 3, 3, 3], [3]], t => t[0].ConvTranspose2d(t[1], t[2], 2, 1, 1)),
        ["batch_norm"] = ([[3, 2, 2, 3], [2], [2]], t => t[0].BatchNorm(t[1], t[2], null, null, training: true)),
        ["instance_norm"] = ([[2, 2, 3, 3], [2], [2]], t => t[0].InstanceNorm(t[1], t[2])),
        ["layer_norm"] = ([[3, 5], [5], [5]], t => t[0].LayerNorm([5], t[1], t[2])),
        ["gelu"] = ([[10]], t => t[0].Gelu()),
        ["bilinear"] = ([[1, 2, 3, 4]], t => t[0].Interpolate(new Size2(5, 7), InterpolationMode.Bilinear)),
        ["bicubic"] = ([[1, 1, 4, 3]],
            t => t[0].Interpolate(new Size2(7, 5), InterpolationMode.Bicubic, alignCorners: true)),
        ["max_pool2d"] = ([[1, 2, 5, 6]], t => t[0].MaxPool2d(3, 2, 1)),
        ["attention"] = ([[2, 4, 3], [2, 4, 3], [2, 4, 3]],
            t => (t[0].MatMul(t[1].Transpose(1, 2)) * (1 / Math.Sqrt(3))).Softmax(-1).MatMul(t[2])),
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_equal_differences(string name)
    {
        const double step = 1e-5;
        using var scope = TensorScope.Begin();
        var (shapes, compute) = Functions[name];
        var inputs =
            shapes.Select((shape, i) => GoldenTensor.Of($"{name}.{i}.input", shape).To(DType.Float64).Clone())
                .ToArray();
        // Weights that differ from output to output, so that errors do not cancel.
        Tensor Loss(Tensor output) =>
            (output * GoldenTensor.Of($"{name}.factor.input", output.Shape).To(DType.Float64)).Sum();

        foreach (var input in inputs)
            input.RequiresGrad = true;
        Loss(compute(inputs)).Backward();

        using var mode = Autograd.NoGrad();
        foreach (var input in inputs)
        {
            var gradient = input.Grad!.ToArray<double>();
            for (var i = 0; i < gradient.Length; i++)
            {
                using var inner = TensorScope.Begin();
                var value = input.AsSpan<double>()[i];
                input.AsSpan<double>()[i] = value + step;
                var above = Loss(compute(inputs)).ToDouble();
                input.AsSpan<double>()[i] = value - step;
                var below = Loss(compute(inputs)).ToDouble();
                input.AsSpan<double>()[i] = value;
                Assert.InRange(gradient[i], (above - below) / (2 * step) - 1e-7, (above - below) / (2 * step) + 1e-7);
            }
        }
    }

    [Fact]
    public void Modes_nest_and_end_with_exceptions()
    {
        using var scope = TensorScope.Begin();
        var x = Leaf(1, 2, 3);
        bool Records() => (x * 2).RequiresGrad;

        Assert.True(Records());
        using (Autograd.NoGrad())
        {
            Assert.False(Records());
            using (Autograd.EnableGrad())
            {
                Assert.True(Records());
                using (Autograd.Inference())
                    Assert.False(Records());
                Assert.True(Records());
            }
            Assert.False(Records());
        }
        Assert.True(Records());

        foreach (var begin in
            new Func<IDisposable>[] { Autograd.NoGrad, Autograd.Inference, () => Autograd.Autocast() })
        {
            Assert.Throws<TorchException>(() =>
            {
                using var mode = begin();
                x.Reshape(7);
            });
            Assert.True(Records());
            Assert.Equal(DType.Float32, x.Reshape(1, 3).MatMul(x.Reshape(3, 1)).DType);
        }
    }

    [Fact]
    public void Modes_end_innermost_first_and_on_their_thread()
    {
        var outer = Autograd.NoGrad();
        var inner = Autograd.Inference();
        Assert.Throws<InvalidOperationException>(outer.Dispose);
        Exception? elsewhere = null;
        var thread = new Thread(() => elsewhere = Record.Exception(inner.Dispose));
        thread.Start();
        thread.Join();
        Assert.IsType<InvalidOperationException>(elsewhere);
        inner.Dispose();
        inner.Dispose();
        outer.Dispose();
        using var scope = TensorScope.Begin();
        Assert.True((Leaf(1) * 2).RequiresGrad);
    }

    [Fact]
    public void Gradients_add_up_until_they_are_taken_away()
    {
        using var scope = TensorScope.Begin();
        var x = Leaf(1, 2, 3);
        Assert.Null(x.Grad);
        (x * x).Sum().Backward();
        (x * 3).Sum().Backward();
        Assert.Equal([5f, 7, 9], x.Grad!.ToArray<float>());
        x.Grad = null;
        Assert.Null(x.Grad);
        (x * 3).Backward(Tensor.From([1f, 0, -1], 3));
        Assert.Equal([3f, 0, -3], x.Grad!.ToArray<float>());
        x.Grad!.FillInPlace(4);
        Assert.Equal([4f, 4, 4], x.Grad!.ToArray<float>());
    }

    [Fact]
    public void A_detached_tensor_shares_memory_and_passes_no_gradient()
    {
        using var scope = TensorScope.Begin();
        var x = Leaf(1, 2, 3);
        (x * x.Detach()).Sum().Backward();
        Assert.Equal([1f, 2, 3], x.Grad!.ToArray<float>());
        x.Detach().FillInPlace(8);
        Assert.Equal([8f, 8, 8], x.ToArray<float>());
    }

    [Fact]
    public void A_graph_serves_once_unless_it_is_retained()
    {
        using var scope = TensorScope.Begin();
        var x = Leaf(1, 2, 3);
        var loss = (x * x).Sum();
        loss.Backward(retainGraph: true);
        loss.Backward();
        Assert.Equal([4f, 8, 12], x.Grad!.ToArray<float>());
        Assert.Throws<TorchException>(() => loss.Backward());
        Assert.Equal([4f, 8, 12], x.Grad!.ToArray<float>());
    }

    [Fact]
    public void A_recorded_gradient_has_a_gradient()
    {
        using var scope = TensorScope.Begin();
        var x = Leaf(1, 2, -3);
        x.Pow(3).Sum().Backward(createGraph: true);
        var first = x.Grad!;
        Assert.Equal([3f, 12, 27], first.ToArray<float>());
        x.Grad = null;
        first.Sum().Backward();
        Assert.Equal([6f, 12, -18], x.Grad!.ToArray<float>());
    }

    [Fact]
    public void A_gradient_has_its_tensors_shape_and_type()
    {
        using var scope = TensorScope.Begin();
        var x = Leaf(1, 2, 3);
        Assert.Contains(
            "the tensor [3]", Assert.Throws<TorchException>(() => x.Grad = Tensor.Ones([4])).Message,
            StringComparison.Ordinal);
        Assert.Throws<TorchException>(() => x.Grad = Tensor.Ones([3], DType.Float64));
        Assert.Throws<TorchException>(() => x.Grad = x);
        Assert.Null(x.Grad);
    }

    [Fact]
    public void A_very_long_graph_is_walked_and_freed()
    {
        using var scope = TensorScope.Begin();
        var x = Leaf(1);
        var sum = x;
        for (var i = 0; i < 50_000; i++)
        {
            using var inner = TensorScope.Begin();
            sum = inner.MoveOut(sum + 1);
        }
        sum.Sum().Backward(retainGraph: true);
        Assert.Equal([1f], x.Grad!.ToArray<float>());
    }

    private static Tensor Leaf(params float[] values)
    {
        var tensor = Tensor.From(values, values.Length);
        tensor.RequiresGrad = true;
        return tensor;
    }
}
