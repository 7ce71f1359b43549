using Rhytid.Torch;
using Rhytid.Training.Augmentation;

namespace Rhytid.Training.Tests.Augmentation.Pixels;

public sealed class GaussianNoiseTests
{
    [Fact]
    public void Noise_has_a_variance_within_its_bounds()
    {
        using var scope = TensorScope.Begin();
        var gray = Tensor.Full([1, 3, 100, 101], 128);
        var variances = new List<double>();
        for (var seed = 0UL; seed < 20; seed++)
        {
            var random = new SeededRandom(seed * 77, 0);
            var noise = new GaussianNoise().Apply(gray, ref random) - 128;
            Assert.InRange(noise.Mean().ToDouble(), -0.2, 0.2);
            variances.Add((noise * noise).Mean().ToDouble());
        }
        Assert.All(variances, variance => Assert.InRange(variance, 9.5, 52));
        Assert.True(variances.Max() - variances.Min() > 20);
    }
}
