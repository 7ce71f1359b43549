using Rhytid.Torch.Nn;

namespace Rhytid.Torch.Tests;

public class AutocastTests
{
    [Fact]
    public void Convolutions_and_products_come_out_in_half_the_bits_inside_only()
    {
        using var scope = TensorScope.Begin();
        using var store = new ParameterStore();
        var conv = new Conv2d(store.Root / "conv", 3, 4, 3);
        var linear = new Linear(store.Root / "linear", 6, 2);
        var (image, tokens) = (Tensor.Randn([1, 3, 8, 8]), Tensor.Randn([5, 6]));
        using (Autograd.Autocast())
        {
            Assert.Equal(DType.BFloat16, conv.Forward(image).DType);
            Assert.Equal(DType.BFloat16, linear.Forward(tokens).DType);
            using (Autograd.Autocast())
                Assert.Equal(DType.BFloat16, conv.Forward(image).DType);
            Assert.Equal(DType.BFloat16, conv.Forward(image).DType);
        }
        Assert.Equal(DType.Float32, conv.Forward(image).DType);
        Assert.Equal(DType.Float32, linear.Forward(tokens).DType);
        Assert.Equal(DType.Float32, conv.Weight.DType);
    }

    [Fact]
    public void Training_inside_gives_single_precision_gradients_near_the_exact_ones()
    {
        using var scope = TensorScope.Begin();
        TorchRuntime.Seed(5);
        using var store = new ParameterStore();
        var conv = new Conv2d(store.Root / "conv", 3, 8, 3, padding: 1);
        var image = Tensor.Randn([2, 3, 8, 8]);
        conv.Forward(image).Pow(2).Mean().Backward();
        var exact = conv.Weight.Grad!.Clone();
        store.ZeroGrad();

        using (Autograd.Autocast())
            conv.Forward(image).To(DType.Float32).Pow(2).Mean().Backward();

        Assert.Equal(DType.Float32, conv.Weight.Grad!.DType);
        Assert.Equal(DType.Float32, conv.Bias!.Grad!.DType);
        Assert.InRange((conv.Weight.Grad! - exact).Abs().Max().ToDouble(), 1e-9, 0.02 * exact.Abs().Max().ToDouble());
    }

    [Fact]
    public void Weights_changed_between_scopes_are_cast_anew()
    {
        using var scope = TensorScope.Begin();
        using var store = new ParameterStore();
        var linear = new Linear(store.Root, 2, 1, bias: false, initializer: Initializers.Ones);
        for (var factor = 1; factor < 4; factor++)
        {
            using (Autograd.Autocast())
                Assert.Equal(2 * factor, linear.Forward(Tensor.Ones([1, 2])).ToDouble());
            using (Autograd.NoGrad())
                linear.Weight.FillInPlace(factor + 1);
        }
    }

    [Fact]
    public void Only_types_of_half_the_bits_are_taken()
    {
        Assert.Throws<TorchException>(() => Autograd.Autocast(type: DType.Float64));
        Assert.Throws<TorchException>(() => Autograd.Autocast(type: (DType)99));
        using var scope = TensorScope.Begin();
        Assert.Equal(DType.Float32, Tensor.Ones([2, 2]).MatMul(Tensor.Ones([2, 2])).DType);
    }
}
