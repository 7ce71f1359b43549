using Rhytid.Torch;
using Rhytid.Training.Augmentation;

namespace Rhytid.Training.Tests.Augmentation.Pixels;

public sealed class ColorJitterTests
{
    private static readonly float[] Levels = [100, 200, 40, 80, 10, 250];

    [Fact]
    public void Without_magnitudes_nothing_changes()
    {
        using var scope = TensorScope.Begin();
        var random = new SeededRandom(1UL, 2UL);
        var jitter = new ColorJitter { Brightness = 0, Contrast = 0, Saturation = 0 };
        Assert.Equal(
            Levels, jitter.Apply(Tensor.From(Levels, 1, 3, 1, 2), ref random).ToArray<float>(),
            (a, b) => Math.Abs(a - b) < 1e-3);
    }

    // By hand, with the factors that the same seed draws.
    [Fact]
    public void The_three_factors_are_applied_one_after_the_other()
    {
        using var scope = TensorScope.Begin();
        var (random, again) = (new SeededRandom(3UL, 4UL), new SeededRandom(3UL, 4UL));
        var result = new ColorJitter().Apply(Tensor.From(Levels, 1, 3, 1, 2), ref random).ToArray<float>();

        double[] factors = [again.Range(0.5f, 1.5f), again.Range(0.5f, 1.5f), again.Range(0.5f, 1.5f)];
        var values = Levels.Select(value => Math.Clamp(value * factors[0], 0, 255)).ToArray();
        double GrayOf(double[] of, int pixel) =>
            (0.299 * of[pixel]) + (0.587 * of[2 + pixel]) + (0.114 * of[4 + pixel]);
        var mean = (GrayOf(values, 0) + GrayOf(values, 1)) / 2;
        values = [.. values.Select(value => Math.Clamp((value * factors[1]) + (mean * (1 - factors[1])), 0, 255))];
        var gray = new[] { GrayOf(values, 0), GrayOf(values, 1) };
        values =
        [
            .. values.Select((value, i) => Math.Clamp((value * factors[2]) + (gray[i % 2] * (1 - factors[2])), 0, 255))
        ];
        Assert.All(values.Zip(result), pair => Assert.Equal(pair.First, pair.Second, 1e-2));
    }
}
