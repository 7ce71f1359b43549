namespace Rhytid.Torch.Tests;

public class DTypeTests
{
    [Fact]
    public void Sizes_are_those_of_the_csharp_types()
    {
        Assert.Equal(sizeof(float), DTypes.From<float>().Size());
        Assert.Equal(sizeof(long), DTypes.From<long>().Size());
        Assert.Equal(2, DType.BFloat16.Size());
    }
}
