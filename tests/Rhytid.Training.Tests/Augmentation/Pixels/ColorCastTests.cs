using Rhytid.Torch;
using Rhytid.Training.Augmentation;
using static Rhytid.Training.Tests.Augmentation.CameraCases;

namespace Rhytid.Training.Tests.Augmentation.Pixels;

public sealed class ColorCastTests
{
    [Fact]
    public void A_cast_multiplies_each_colour_by_its_own_factor()
    {
        using var scope = TensorScope.Begin();
        var (random, again) = (new SeededRandom(3UL, 4UL), new SeededRandom(3UL, 4UL));

        var result =
            new ColorCast { Strength = 0.2 }.Apply(Tensor.From(Levels, 1, 3, 1, 2), ref random).ToArray<float>();

        float[] factors = [again.Range(0.8f, 1.2f), again.Range(0.8f, 1.2f), again.Range(0.8f, 1.2f)];
        Assert.Equal(3, factors.Distinct().Count());
        Assert.All(factors, factor => Assert.InRange(factor, 0.8, 1.2));
        Assert.Equal(
            Levels.Select((level, i) => Math.Clamp(level * factors[i / 2], 0, 255)), result,
            (a, b) => Math.Abs(a - b) < 1e-3);
    }
}
