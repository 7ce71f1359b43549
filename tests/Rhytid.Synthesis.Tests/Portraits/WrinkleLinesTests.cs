using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Tests.Portraits;

public sealed class WrinkleLinesTests
{
    private static readonly WrinkleLine Line = new(WrinkleRegion.Forehead, [new(0, 0), new(1, 0)], 0.04f, 1, 11, 0);

    // Crow's feet begin at 31 and take 40 years.
    [Theory]
    [InlineData(20, 0)]
    [InlineData(31, 0)]
    [InlineData(51, 0.5f)]
    [InlineData(71, 1)]
    [InlineData(99, 1.1f)]
    public void A_regions_wrinkles_grow_from_their_onset(float age, float amount) =>
        Assert.Equal(amount, RegionAging.For(WrinkleRegion.CrowsFeet).AmountAt(age), 1e-5f);

    [Fact]
    public void Every_region_ages_and_nothing_else_does()
    {
        foreach (var region in Enum.GetValues<WrinkleRegion>())
            Assert.InRange(RegionAging.For(region).Onset, 25, 60);
        Assert.Throws<ArgumentOutOfRangeException>(() => RegionAging.For(0));
    }

    [Fact]
    public void A_line_tapers_at_its_ends_and_is_uneven_by_a_fifth_between()
    {
        Assert.Equal(0, Line.ProfileAt(0, 0));
        Assert.Equal(0, Line.ProfileAt(1, 1));
        for (var t = 0.23f; t < 0.72f; t += 0.01f)
            Assert.Equal(1 + (0.22f * Noise.At(t * 9, 0.5f, 11)), Line.ProfileAt(t, t), 1e-5f);
        // A smooth step: at half of the taper half of the squared depth.
        Assert.Equal(
            MathF.Sqrt(0.5f) * Line.ProfileAt(0.5f, 3), Line.ProfileAt(0.11f, 3), 1e-4f);
    }

    [Fact]
    public void Fading_and_breaks_take_depth_away()
    {
        var fading = Line with { Fading = 1 };

        Assert.Equal(0.5f * Line.ProfileAt(0.2f, 3), fading.ProfileAt(0.2f, 3), 1e-4f);
        Assert.Equal(Line.ProfileAt(0.5f, 3), fading.ProfileAt(0.5f, 3), 1e-5f);
        var broken = Line with { Breaks = 1 };
        var lengths = Enumerable.Range(0, 200).Select(i => i * 0.05f).ToList();
        Assert.All(
            lengths, length => Assert.InRange(broken.ProfileAt(0.5f, length), 0, Line.ProfileAt(0.5f, length)));
        Assert.Contains(lengths, length => broken.ProfileAt(0.5f, length) < 0.1f);
        Assert.Contains(lengths, length => broken.ProfileAt(0.5f, length) > 0.8f);
    }

    [Theory]
    [InlineData(-1, 0.02f)]
    [InlineData(0, 0.02f)]
    [InlineData(0.5f, 0.03f)]
    [InlineData(2, 0.04f)]
    public void A_shallow_stretch_is_half_as_wide(float profile, float width) =>
        Assert.Equal(width, Line.WidthAt(profile), 1e-6f);
}
