using Rhytid.Imaging;
using Rhytid.Textures;
using static Rhytid.Tests.Textures.TextureCases;

namespace Rhytid.Tests.Textures;

public class TextureKernelTests
{
    [Fact]
    public void A_warm_kernel_allocates_nothing()
    {
        var gray = Noise(256, 256, seed: 1);
        var texture = new Plane<byte>(256, 256);
        TextureMap.Compute(gray, texture);
        var before = GC.GetAllocatedBytesForCurrentThread();

        TextureMap.Compute(gray, texture);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
