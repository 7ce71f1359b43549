using Rhytid.Torch.Nn;

namespace Rhytid.Torch.Tests;

public class TensorTests
{
    [Fact]
    public void Values_come_back_as_they_were_given()
    {
        using var scope = TensorScope.Begin();
        var tensor = Tensor.From(new float[] { 1, 2, 3, 4, 5, 6 }, 2, 3);
        Assert.Equal([2, 3], tensor.Shape);
        Assert.Equal(DType.Float32, tensor.DType);
        Assert.Equal([1f, 4, 2, 5, 3, 6], tensor.Transpose(0, 1).ToArray<float>());
    }

    [Fact]
    public void Indexing_takes_numbers_ranges_ellipsis_and_new_axes()
    {
        using var scope = TensorScope.Begin();
        var tensor = Tensor.Arange(24).Reshape(2, 3, 4);
        Assert.Equal(23, tensor[^1, ^1, ^1].ToDouble());
        Assert.Equal([4L, 5, 6, 7, 8, 9, 10, 11], tensor[0, 1..].ToArray<long>());
        Assert.Equal([1L, 5, 9, 13, 17, 21], tensor[TensorIndex.Ellipsis, 1].ToArray<long>());
        Assert.Equal([2, 1, 3, 4], tensor[.., TensorIndex.NewAxis].Shape);
        Assert.Equal([2, 3, 2], tensor[.., .., ^2..].Shape);
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor[.., 2..5]);
        Assert.Throws<ArgumentException>(() => tensor[0, 0, 0, 0]);
    }

    [Fact]
    public void Wrapped_memory_is_shared_not_copied()
    {
        var values = new float[] { 1, 2, 3 };
        using var tensor = Tensor.Wrap<float>(values, 3);
        values[1] = 20;
        Assert.Equal([1f, 20, 3], tensor.ToArray<float>());
        tensor.MulInPlace(2);
        Assert.Equal([2f, 40, 6], values);
    }

    [Fact]
    public void A_scope_frees_what_was_made_in_it_except_what_is_moved_out()
    {
        Tensor kept, lost;
        using (var scope = TensorScope.Begin())
        {
            lost = Tensor.Ones([2]);
            kept = scope.MoveOut(lost + lost);
            Assert.Equal(1, scope.Count);
        }
        Assert.True(lost.IsDisposed);
        Assert.Equal([2f, 2], kept.ToArray<float>());
        kept.Dispose();
    }

    [Fact]
    public void Gradients_are_those_of_calculus()
    {
        using var scope = TensorScope.Begin();
        var x = Tensor.From(new float[] { 1, 2, 3 }, 3);
        x.RequiresGrad = true;
        (x * x).Sum().Backward();
        Assert.Equal([2f, 4, 6], x.Grad!.ToArray<float>());
        using (Autograd.NoGrad())
            Assert.False((x * 2).RequiresGrad);
        Assert.True((x * 2).RequiresGrad);
        Assert.False(x.Detach().RequiresGrad);
    }

    [Fact]
    public void Convolution_sums_the_window()
    {
        using var scope = TensorScope.Begin();
        var input = Tensor.Ones([1, 1, 3, 3]);
        var output = input.Conv2d(Tensor.Ones([1, 1, 3, 3]), null, 1, 1, 1);
        Assert.Equal([4f, 6, 4, 6, 9, 6, 4, 6, 4], output.ToArray<float>());
    }

    [Fact]
    public void The_same_seed_gives_the_same_numbers_and_a_state_can_be_gone_back_to()
    {
        using var scope = TensorScope.Begin();
        TorchRuntime.Seed(7);
        var state = TorchRuntime.GetRandomState();
        var first = Tensor.Randn([5]).ToArray<float>();
        TorchRuntime.Seed(7);
        Assert.Equal(first, Tensor.Randn([5]).ToArray<float>());
        TorchRuntime.SetRandomState(state);
        Assert.Equal(first, Tensor.Randn([5]).ToArray<float>());
    }
}
