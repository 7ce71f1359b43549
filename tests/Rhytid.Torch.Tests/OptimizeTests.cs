using Rhytid.Torch.Nn;

namespace Rhytid.Torch.Tests;

/// <summary>Layers prepared for evaluation, and what training refuses.</summary>
public class OptimizeTests
{
    [Theory]
    [InlineData(2, true)]
    [InlineData(2, false)]
    [InlineData(4, true)]
    public void Transposed_convolutions_that_tile_stay_what_they_were(int factor, bool bias)
    {
        using var scope = TensorScope.Begin();
        using var mode = Autograd.NoGrad();
        using var store = new ParameterStore();
        var layer = new ConvTranspose2d(store.Root / "up", 6, 3, factor, factor, bias);
        var input = Tensor.Randn([2, 6, 4, 5]);
        var before = layer.Forward(input);
        store.Optimize(new InferenceOptions());
        Assert.True(layer.Forward(input).AllClose(before, 1e-5, 1e-6));
        Assert.Throws<InvalidOperationException>(store.Train);
        Assert.Throws<InvalidOperationException>(() => store.Optimize(new InferenceOptions()));
    }

    [Fact]
    public void Batch_normalisation_does_not_train_on_one_value()
    {
        using var scope = TensorScope.Begin();
        using var store = new ParameterStore();
        var layer = new BatchNorm2d(store.Root / "bn", 3);
        Assert.Equal([1, 3, 1, 1], layer.Forward(Tensor.Ones([1, 3, 1, 1])).Shape);
        store.Train();
        Assert.Throws<ArgumentException>(() => layer.Forward(Tensor.Ones([1, 3, 1, 1])));
        Assert.Equal([2, 3, 1, 1], layer.Forward(Tensor.Ones([2, 3, 1, 1])).Shape);
    }

    [Fact]
    public void Truncated_normals_have_their_deviation_and_no_outliers()
    {
        using var scope = TensorScope.Begin();
        var values = Tensor.Empty([1 << 20]);
        Initializers.TruncatedNormal(0.02)(values);
        Assert.InRange(values.Abs().Max().ToDouble(), 0.08, 0.12);
        Assert.InRange((values * values).Mean().ToDouble(), 0.00039, 0.00041);
    }
}
