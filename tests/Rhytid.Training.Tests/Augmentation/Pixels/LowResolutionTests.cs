using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Training.Augmentation;

namespace Rhytid.Training.Tests.Augmentation.Pixels;

public sealed class LowResolutionTests
{
    [Fact]
    public void Low_resolution_is_PyTorchs()
    {
        using var scope = TensorScope.Begin();
        foreach (var golden in GoldenFolder.Json("augmentation", "torch.json").GetProperty("cases").EnumerateArray())
        {
            var (shape, small) = (golden.GetProperty("shape").Longs(), golden.GetProperty("small").Longs());
            var photo =
                (Tensor.From(GoldenFormula.Values(golden.GetProperty("name").GetString()!, shape), shape) * 127) + 128;

            var result = LowResolution.Reduce(photo, new Size2(small[0], small[1]));

            Assert.Equal(
                golden.GetProperty("values").EnumerateArray().Select(value => value.GetSingle()),
                result.ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-3);
        }
    }

    [Fact]
    public void Low_resolution_draws_the_factors_logarithm()
    {
        using var scope = TensorScope.Begin();
        var photo = Tensor.From(GoldenFormula.Values("draw.input", 1, 3, 40, 60), 1, 3, 40, 60) * 127 + 128;
        for (var seed = 0UL; seed < 5; seed++)
        {
            var (random, again) = (new SeededRandom(seed, 1), new SeededRandom(seed, 1));

            var result = new LowResolution { MaxFactor = 4 }.Apply(photo, ref random);

            var factor = Math.Exp(again.Range(0, (float)Math.Log(4)));
            Assert.InRange(factor, 1, 4);
            Assert.Equal(
                LowResolution.Reduce(photo, new Size2((long)Math.Round(40 / factor), (long)Math.Round(60 / factor)))
                    .ToArray<float>(),
                result.ToArray<float>());
        }
        var none = new SeededRandom(1UL, 1);
        Assert.Equal(
            photo.ToArray<float>(), new LowResolution { MaxFactor = 1 }.Apply(photo, ref none).ToArray<float>(),
            (a, b) => Math.Abs(a - b) < 1e-4);
    }
}
