using Rhytid.Torch.Kernels;
using Rhytid.Torch.Nn;

namespace Rhytid.Torch.Tests;

public class WinogradConvolutionTests
{
    [SkippableTheory]
    [InlineData(1, 32, 16, 1, 1)]
    [InlineData(1, 32, 32, 4, 4)]
    [InlineData(2, 48, 80, 13, 22)]
    [InlineData(1, 64, 64, 37, 5)]
    [InlineData(3, 256, 48, 16, 31)]
    public void Equals_the_direct_sum(int images, int inChannels, int outChannels, int height, int width)
    {
        Skip.IfNot(WinogradConvolution.Supports(inChannels, outChannels), "this processor has no AVX-512");
        using var scope = TensorScope.Begin();
        TorchRuntime.Seed(3);
        var input = Tensor.Randn([images, inChannels, height, width]);
        var weight = Tensor.Randn([outChannels, inChannels, 3, 3]) * Math.Sqrt(2.0 / (9 * inChannels));
        var bias = Tensor.Randn([outChannels]);
        var convolution = new WinogradConvolution(weight.ToArray<float>(), bias.ToArray<float>(), inChannels, outChannels, relu: true);
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
}
