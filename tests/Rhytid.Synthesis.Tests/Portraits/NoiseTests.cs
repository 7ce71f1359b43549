using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Tests.Portraits;

public sealed class NoiseTests
{
    private static readonly (float X, float Y)[] Places =
        [.. Enumerable.Range(0, 400).Select(i => ((i * 0.37f) - 70, (i * 0.61f) - 120))];

    [Fact]
    public void Gradient_noise_is_0_at_whole_numbers_and_never_far_from_it()
    {
        Assert.Equal(0, Noise.At(3, -5, 7));
        Assert.Equal(0, Noise.At(-20, 0, 8));
        Assert.All(Places, place => Assert.InRange(Noise.At(place.X, place.Y, 1), -1.42f, 1.42f));
        Assert.InRange(Places.Average(place => Noise.At(place.X, place.Y, 1)), -0.05f, 0.05f);
        Assert.True(Places.Average(place => MathF.Abs(Noise.At(place.X, place.Y, 1))) > 0.15f);
    }

    [Fact]
    public void Gradient_noise_has_no_steps_and_another_seed_is_another_noise()
    {
        foreach (var (x, y) in Places)
            Assert.Equal(Noise.At(x, y, 4), Noise.At(x + 1e-3f, y - 1e-3f, 4), 0.02f);
        Assert.NotEqual(Noise.At(0.4f, 0.3f, 1), Noise.At(0.4f, 0.3f, 2));
        // On both sides of a cell's edge.
        Assert.Equal(Noise.At(2.9999f, 0.4f, 4), Noise.At(3.0001f, 0.4f, 4), 1e-2f);
    }

    [Fact]
    public void Octaves_halve_in_size_and_strength()
    {
        foreach (var (x, y) in Places)
        {
            var first = Noise.At(x, y, 5);
            Assert.Equal(first, Noise.Fractal(x, y, 5, 1));
            Assert.Equal(
                first + (0.5f * Noise.At((x * 2.03f) + 17.1f, (y * 2.03f) - 9.7f, 6)), Noise.Fractal(x, y, 5, 2),
                1e-5f);
        }
    }

    // A distance grows by no more than the way gone, and a cell's own point is at most its diagonal away.
    [Fact]
    public void Cellular_noise_is_a_distance()
    {
        foreach (var (x, y) in Places)
        {
            var here = Noise.Cellular(x, y, 9);
            Assert.InRange(here, 0, MathF.Sqrt(2));
            Assert.InRange(Noise.Cellular(x + 0.03f, y + 0.04f, 9) - here, -0.0501f, 0.0501f);
        }
        // Points are strewn evenly: the mean distance to the nearest of one per unit is about 0.5.
        Assert.InRange(Places.Average(place => Noise.Cellular(place.X, place.Y, 9)), 0.38f, 0.55f);
    }

    [Fact]
    public void White_noise_is_uniform()
    {
        float[] values = [.. Enumerable.Range(0, 10_000).Select(i => Noise.White(i % 100, i / 100, 3))];

        Assert.All(values, value => Assert.InRange(value, 0, 0.99999994f));
        Assert.InRange(values.Average(), 0.49f, 0.51f);
        // Of a uniform distribution: 1 / 12.
        Assert.InRange(values.Average(value => (value - 0.5f) * (value - 0.5f)), 0.081f, 0.086f);
    }
}
