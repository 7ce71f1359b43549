using Rhytid.Inference.Kernels;
using Rhytid.Torch.Kernels;
using Rhytid.Torch.Nn;

namespace Rhytid.Torch.Tests;

/// <summary>Every width is tested on every processor: .NET computes the vectors that it lacks in pieces.</summary>
public class WinogradConvolutionTests
{
    [Theory]
    [InlineData(128, 1, 32, 16, 1, 1)]
    [InlineData(128, 1, 32, 32, 4, 4)]
    [InlineData(128, 2, 48, 80, 13, 22)]
    [InlineData(128, 1, 64, 64, 37, 5)]
    [InlineData(128, 3, 256, 48, 16, 31)]
    [InlineData(256, 1, 32, 16, 1, 1)]
    [InlineData(256, 1, 32, 32, 4, 4)]
    [InlineData(256, 2, 48, 80, 13, 22)]
    [InlineData(256, 1, 64, 64, 37, 5)]
    [InlineData(256, 3, 256, 48, 16, 31)]
    [InlineData(512, 1, 32, 16, 1, 1)]
    [InlineData(512, 1, 32, 32, 4, 4)]
    [InlineData(512, 2, 48, 80, 13, 22)]
    [InlineData(512, 1, 64, 64, 37, 5)]
    [InlineData(512, 3, 256, 48, 16, 31)]
    public void Equals_the_direct_sum(int bits, int images, int inChannels, int outChannels, int height, int width)
    {
        using var scope = TensorScope.Begin();
        TorchRuntime.Seed(3);
        var input = Tensor.Randn([images, inChannels, height, width]);
        var weight = Tensor.Randn([outChannels, inChannels, 3, 3]) * Math.Sqrt(2.0 / (9 * inChannels));
        var bias = Tensor.Randn([outChannels]);
        var convolution = new TensorWinograd(weight, bias, relu: true, Kernels(bits));
        var expected = input.To(DType.Float64).Conv2d(weight.To(DType.Float64), bias.To(DType.Float64), 1, 1, 1).Relu();
        foreach (var format in new[] { MemoryFormat.Contiguous, MemoryFormat.ChannelsLast })
        {
            var result = convolution.Run(input.Contiguous(format), default);
            Assert.True(result.IsChannelsLast || height * width == 1);
            Assert.Equal(expected.Shape, result.Shape);
            // Outputs are about 1; the transforms cost one decimal against the direct sum.
            var error = (result.To(DType.Float64) - expected).Abs();
            Assert.InRange(error.Max().ToDouble(), 0, 2e-4);
            Assert.InRange(error.Mean().ToDouble(), 0, 5e-6);
        }
    }

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void Joined_maps_give_what_the_joined_map_gives(int bits)
    {
        using var scope = TensorScope.Begin();
        TorchRuntime.Seed(4);
        Tensor[] parts = [Tensor.Randn([2, 16, 7, 10]), Tensor.Randn([2, 48, 7, 10]), Tensor.Randn([2, 32, 7, 10])];
        var weight = Tensor.Randn([32, 96, 3, 3]);
        // Neither bias nor ReLU: results may be negative.
        var convolution = new TensorWinograd(weight, bias: null, relu: false, Kernels(bits));
        var result = convolution.Run(parts, default);
        Assert.Equal(
            convolution.Run(Tensor.Cat(parts, dimension: 1), default).ToArray<float>(), result.ToArray<float>());
        Assert.True(result.Min().ToDouble() < 0);
        Assert.Throws<ArgumentException>(() => convolution.Run(parts.AsSpan(0, 2), default));
    }

    [Theory]
    [InlineData(128, 12, 1, 16)]
    [InlineData(128, 24, 300, 48)]
    [InlineData(256, 12, 1, 16)]
    [InlineData(256, 24, 300, 48)]
    [InlineData(512, 12, 1, 16)]
    [InlineData(512, 24, 300, 48)] // a panel of two vectors and one of one; a depth that takes two passes
    public void Matrix_products_are_sums_of_products(int bits, int rows, int depth, int columns)
    {
        using var scope = TensorScope.Begin();
        TorchRuntime.Seed(5);
        var left = Tensor.Randn([rows, depth]);
        var right = Tensor.Randn([depth, columns]);
        var product = new MatrixProduct(Kernels(bits));
        var (leftStride, resultStride) = (MatrixProduct.Stride(depth), MatrixProduct.Stride(columns));
        var lines = new float[rows * leftStride];
        for (var row = 0; row < rows; row++)
            left.AsSpan<float>().Slice(row * depth, depth).CopyTo(lines.AsSpan(row * leftStride));
        var packed = new float[depth * columns];
        for (var row = 0; row < depth; row++)
            for (var column = 0; column < columns; column++)
                packed[product.PackedIndex(row, column, depth, columns)] =
                    right.AsSpan<float>()[row * columns + column];
        var result = new float[rows * resultStride];
        Array.Fill(result, float.NaN); // overwritten, except between rows
        product.Multiply(lines, packed, result, rows, depth, columns);
        var expected = left.MatMul(right).ToArray<float>();
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                Assert.Equal(expected[row * columns + column], result[row * resultStride + column], 1e-4);
            Assert.Equal(float.NaN, result[row * resultStride + columns]);
        }
    }

    private static VectorKernels Kernels(int bits) => bits switch
        {
            512 => new VectorKernels512(),
            256 => new SmallVectorKernels<Float256>(),
            _ => new SmallVectorKernels<Float128>(),
        };
}
