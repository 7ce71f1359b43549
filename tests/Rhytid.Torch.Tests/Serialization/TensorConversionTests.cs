using Rhytid.Torch.Serialization;

namespace Rhytid.Torch.Tests.Serialization;

public class TensorConversionTests
{
    public static TheoryData<DType> Types => [.. Enum.GetValues<DType>()];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_type_comes_back_bit_for_bit(DType type)
    {
        using var scope = TensorScope.Begin();
        var tensor = (Tensor.Arange(24).Reshape(2, 3, 4) - 5.0).To(type);

        var stored = tensor.ToStored("some.weight");
        var again = stored.ToTensor();

        Assert.Equal("some.weight", stored.Name);
        Assert.Equal(type, stored.Type);
        Assert.Equal(24 * type.Size(), stored.Bytes.Length);
        Assert.Equal(type, again.DType);
        Assert.Equal([2, 3, 4], again.Shape);
        Assert.Equal(1, tensor.EqualTo(again).To(DType.Float32).Min().ToDouble());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Other_memory_orders_are_stored_row_by_row(DType type)
    {
        using var scope = TensorScope.Begin();
        var tensor = Tensor.Arange(48).Reshape(2, 2, 3, 4).To(type);
        foreach (var view in
            new[]
            {
                tensor.Transpose(0, 3), tensor[.., 1.., 1..], tensor.Contiguous(MemoryFormat.ChannelsLast),
                tensor.Narrow(3, 1, 1).Expand(2, 2, 3, 5)
            })
        {
            var stored = view.ToStored("view");
            Assert.Equal(view.Shape, stored.Shape);
            Assert.Equal(view.Contiguous().AsBytes().ToArray(), stored.Bytes.ToArray());
            Assert.Equal(1, view.EqualTo(stored.ToTensor()).To(DType.Float32).Min().ToDouble());
        }
    }

    [Fact]
    public void BFloat16_keeps_the_upper_half_of_a_float()
    {
        using var scope = TensorScope.Begin();
        var stored = Tensor.From([1f, -2, 3.140625f], 3).To(DType.BFloat16).ToStored("b");
        Assert.Equal([0x80, 0x3F, 0x00, 0xC0, 0x49, 0x40], stored.Bytes.ToArray());
    }

    [Fact]
    public void Single_and_no_elements_work()
    {
        using var scope = TensorScope.Begin();
        Assert.Equal(7, Tensor.Scalar(7).ToStored("one").ToTensor().ToDouble());
        Assert.Equal([3, 0, 2], Tensor.Ones([3, 0, 2]).ToStored("none").ToTensor().Shape);
    }

    [Fact]
    public void The_copy_is_its_own_and_carries_no_gradient()
    {
        using var scope = TensorScope.Begin();
        var tensor = Tensor.Ones([2]);
        tensor.RequiresGrad = true;
        var stored = (tensor * 3).ToStored("x");
        var first = stored.ToTensor();
        first.FillInPlace(9);
        Assert.Equal([3f, 3], stored.ToTensor().ToArray<float>());
        Assert.False(first.RequiresGrad);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new StoredTensor("x", DType.Float32, [2, 2], new byte[15]).ToTensor());
        Assert.Throws<ArgumentException>(() => new StoredTensor("x", DType.Float32, [-2, 2], new byte[16]).ToTensor());
        Assert.Throws<ArgumentException>(
            () => new StoredTensor("x", DType.Float32, [1L << 62, 8], new byte[16]).ToTensor());
        using var scope = TensorScope.Begin();
        var complex = Operator.Get("aten::zeros").Call(new long[] { 2 }, 9);
        Assert.Throws<NotSupportedException>(() => complex.ToStored("x"));
        var gone = Tensor.Ones([2]);
        gone.Dispose();
        Assert.Throws<ObjectDisposedException>(() => gone.ToStored("x"));
    }
}
