namespace Rhytid.Tests;

public sealed class SeededRandomTests
{
    // The first numbers of PCG32 (O'Neill 2014) with its demonstration's seed 42 and stream 54.
    [Fact]
    public void Numbers_are_those_of_pcg32()
    {
        var random = new SeededRandom(42UL, 54UL);

        Assert.Equal([0xa15c02b7u, 0x7b47f409u, 0xba1d3330u], [random.Next(), random.Next(), random.Next()]);
    }

    [Fact]
    public void Draws_keep_their_bounds()
    {
        var random = new SeededRandom(1UL, 2UL);
        for (var i = 0; i < 1000; i++)
        {
            Assert.InRange(random.Unit(), 0, 0.99999999f);
            Assert.InRange(random.Range(-2, 3), -2, 3);
            Assert.InRange(random.Below(7), 0, 6);
            Assert.InRange(random.Normal(), -3, 3);
        }
        Assert.False(random.Chance(0));
        Assert.True(random.Chance(1));
    }
}
