using Rhytid.Torch;
using Rhytid.Training.Augmentation;
using static Rhytid.Training.Tests.Augmentation.CameraCases;

namespace Rhytid.Training.Tests.Augmentation.Pixels;

public sealed class GammaTests
{
    // By hand, with the exponent that the same seed draws: black and white stay, and 1 + strength is as likely as its
    // inverse.
    [Fact]
    public void Gamma_bends_the_tone_curve()
    {
        using var scope = TensorScope.Begin();
        var exponents = new List<double>();
        for (var seed = 0UL; seed < 40; seed++)
        {
            var (random, again) = (new SeededRandom(seed * 77, 1), new SeededRandom(seed * 77, 1));

            var result =
                new Gamma { Strength = 0.5 }.Apply(Tensor.From(Levels, 1, 3, 1, 2), ref random).ToArray<float>();

            var exponent = Math.Exp(again.Range((float)-Math.Log(1.5), (float)Math.Log(1.5)));
            exponents.Add(exponent);
            Assert.Equal(
                Levels.Select(level => (float)(255 * Math.Pow(level / 255, exponent))), result,
                (a, b) => Math.Abs(a - b) < 1e-2);
            Assert.Equal((0, 255), (result[0], result[5]));
        }
        Assert.All(exponents, exponent => Assert.InRange(exponent, 1 / 1.5, 1.5));
        Assert.InRange(exponents.Count(exponent => exponent > 1), 10, 30);
    }
}
