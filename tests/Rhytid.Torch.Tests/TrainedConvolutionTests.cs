using Rhytid.Inference.Kernels;
using Rhytid.Torch.Kernels;
using Rhytid.Torch.Nn;

namespace Rhytid.Torch.Tests;

/// <summary>
/// Training through the project's own kernels: gradients equal those of libtorch in double precision.
/// </summary>
public class TrainedConvolutionTests
{
    [Theory]
    [InlineData(128, 1, 32, 16, 1, 1)]
    [InlineData(128, 2, 48, 80, 13, 22)]
    [InlineData(128, 3, 160, 48, 16, 31)]
    [InlineData(256, 1, 32, 16, 1, 1)]
    [InlineData(256, 2, 48, 80, 13, 22)]
    [InlineData(256, 3, 160, 48, 16, 31)]
    [InlineData(512, 1, 32, 16, 1, 1)]
    [InlineData(512, 2, 48, 80, 13, 22)]
    [InlineData(512, 3, 160, 48, 16, 31)]
    public void The_kernels_gradient_equals_the_direct_sum(
        int bits, int images, int inChannels, int outChannels, int height, int width)
    {
        using var scope = TensorScope.Begin();
        TorchRuntime.Seed(6);
        var input = Tensor.Randn([images, inChannels, height, width]);
        var outer = Tensor.Randn([images, outChannels, height, width]);
        var (_, expected, _) = Direct([input], Tensor.Zeros([outChannels, inChannels, 3, 3]), bias: null, outer);
        VectorKernels kernels = bits switch
        {
            512 => new VectorKernels512(),
            256 => new SmallVectorKernels<Float256>(),
            _ => new SmallVectorKernels<Float128>(),
        };
        AssertClose(expected, new WinogradGradient(kernels).Run([input], outer, default));
        var parts = new[] { input.Narrow(1, 0, 16), input.Narrow(1, 16, inChannels - 16) };
        AssertClose(
            expected, new WinogradGradient(kernels).Run(parts, outer.Contiguous(MemoryFormat.ChannelsLast), default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_convolution_of_joined_maps_has_the_direct_sums_result_and_gradients(bool hasBias)
    {
        if (!VectorKernels.AreFast)
            return;
        using var scope = TensorScope.Begin();
        TorchRuntime.Seed(7);
        var maps =
            new[] { Parameter(
                Tensor.Randn([2, 16, 9, 14])), Tensor.Randn([2, 32, 9, 14]), Parameter(Tensor.Randn([2, 16, 9, 14])) };
        var weight = Parameter(Tensor.Randn([48, 64, 3, 3]) * 0.06);
        var bias = hasBias ? Parameter(Tensor.Randn([48])) : null;
        var outer = Tensor.Randn([2, 48, 9, 14]);
        var result = Direct(maps, weight, bias, outer).Result;

        var positive = result.Greater(0).To(DType.Float32);
        Assert.True(TrainedConvolution.Suits(maps, weight));
        var output = TrainedConvolution.Run(maps, weight, bias);
        AssertClose(result, output);
        // Later layers may work in place, and what they change is not what was convolved.
        (output.ReluInPlace() * outer * positive).Sum().Backward();
        var masked = Direct(maps, weight, bias, outer * positive);
        AssertClose(masked.Weight, weight.Grad!);
        AssertClose(masked.Maps[0], maps[0].Grad!);
        Assert.Null(maps[1].Grad);
        AssertClose(masked.Maps[2], maps[2].Grad!);
        if (hasBias)
            AssertClose((outer * positive).Sum([0, 2, 3]), bias!.Grad!);
    }

    [Fact]
    public void It_is_used_where_gradients_are_recorded_in_single_precision()
    {
        using var scope = TensorScope.Begin();
        var (map, weight) = (Tensor.Randn([1, 32, 8, 8]), Parameter(Tensor.Randn([16, 32, 3, 3])));
        Assert.True(TrainedConvolution.Suits([map], weight));
        Assert.False(TrainedConvolution.Suits([map.To(DType.Float64)], weight));
        Assert.False(TrainedConvolution.Suits([map.Narrow(1, 0, 24), map], weight));
        using (Autograd.NoGrad())
            Assert.False(TrainedConvolution.Suits([map], weight));
        using (Autograd.Autocast())
            Assert.False(TrainedConvolution.Suits([map], weight));
    }

    [Fact]
    public void Gradients_are_the_same_for_any_number_of_threads()
    {
        using var scope = TensorScope.Begin();
        TorchRuntime.Seed(8);
        var (map, outer) = (Tensor.Randn([3, 32, 37, 41]), Tensor.Randn([3, 32, 37, 41]));
        var gradients = new List<float[]>();
        var before = TorchRuntime.Threads;
        try
        {
            foreach (var threads in new[] { 1, 2, 3 })
            {
                TorchRuntime.Threads = threads;
                gradients.Add(
                    new WinogradGradient(VectorKernels.OfThisProcessor).Run(
                        [map], outer, default).ToArray<float>());
            }
        }
        finally
        {
            TorchRuntime.Threads = before;
        }
        Assert.Equal(gradients[0], gradients[1]);
        Assert.Equal(gradients[0], gradients[2]);
    }

    [Fact]
    public void What_a_function_throws_in_the_backward_pass_comes_out_of_it()
    {
        using var scope = TensorScope.Begin();
        var input = Parameter(Tensor.Randn([3]));
        var output = OutsideFunction.Record(
            Tensor.Randn([3]), [input], (_, _, _) => throw new InvalidDataException("no gradient today"));
        Assert.Equal("no gradient today", Assert.Throws<InvalidDataException>(() => output.Sum().Backward()).Message);
        var doubled = OutsideFunction.Record(input.Detach() * 2, [input], (gradient, _, _) => [gradient * 2]);
        var sum = doubled.Sum();
        sum.Backward();
        Assert.Equal([2f, 2f, 2f], input.Grad!.ToArray<float>());
        Assert.Throws<TorchException>(() => sum.Backward());
        var again = OutsideFunction.Record(input.Detach() * 2, [input], (gradient, _, _) => [gradient * 2]).Sum();
        Assert.Contains(
            "first derivatives only", Assert.Throws<TorchException>(() => again.Backward(createGraph: true)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_recorded_where_nothing_is_wanted()
    {
        using var scope = TensorScope.Begin();
        var output = Tensor.Randn([3]);
        Assert.Same(output, OutsideFunction.Record(output, [Tensor.Randn([3])], (_, _, _) => [null]));
        using (Autograd.NoGrad())
            Assert.Same(output, OutsideFunction.Record(output, [Parameter(Tensor.Randn([3]))], (_, _, _) => [null]));
    }

    private static Tensor Parameter(Tensor values)
    {
        values = values.Detach();
        values.RequiresGrad = true;
        return values;
    }

    // Result, gradient of the kernel and of each map by libtorch in double precision.
    private static (Tensor Result, Tensor Weight, Tensor[] Maps) Direct(
        Tensor[] maps, Tensor weight, Tensor? bias, Tensor outer)
    {
        var inputs = Array.ConvertAll(maps, map => Parameter(map.Detach().To(DType.Float64)));
        var kernel = Parameter(weight.Detach().To(DType.Float64));
        var result = Tensor.Cat([.. inputs], 1).Conv2d(kernel, bias?.Detach().To(DType.Float64), 1, 1, 1);
        result.Backward(outer.To(DType.Float64));
        return (result.Detach(), kernel.Grad!, Array.ConvertAll(inputs, input => input.Grad!));
    }

    // Relative to the largest number: the transforms cost one decimal against the direct sum.
    private static void AssertClose(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        var wide = expected.To(DType.Float64);
        var error = (actual.Detach().To(DType.Float64) - wide).Abs().Max().ToDouble();
        Assert.InRange(error / wide.Abs().Max().ToDouble(), 0, 2e-5);
    }
}
