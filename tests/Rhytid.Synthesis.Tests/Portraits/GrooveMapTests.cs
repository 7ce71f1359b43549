using System.Numerics;
using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Tests.Portraits;

public sealed class GrooveMapTests
{
    private const float Scale = 200;

    // Along the middle row of a map, in face coordinates from (0.1, 0.25) to (1.1, 0.25).
    private static readonly WrinkleLine Line =
        new(WrinkleRegion.Forehead, [new(0.1f, 0.25f), new(0.6f, 0.25f), new(1.1f, 0.25f)], 0.1f, 0.8f, 5, 0);

    // The centre of pixel (120, 49) lies at (0.6025, 0.2475): 0.0025 from the line.
    [Theory]
    [InlineData(49, 0.0025)]
    [InlineData(55, 0.0275)]
    [InlineData(74, 0.1225)]
    public void A_groove_is_as_deep_as_its_width_and_profile_say(int y, double distance)
    {
        var map = Draw(Line);
        var profile = Line.ProfileAt(0.5025f, 0.5025f);
        var width = Line.WidthAt(profile);
        var a = 2 * distance / width;
        var valley = Math.Pow(0.5, a * a);
        var swell = Math.Pow(0.5, a * a / (3.2 * 3.2 / 2));

        Assert.Equal(
            0.52 * width * 0.8 * profile * ((0.42 * swell) - (1.42 * valley)), map.Height[120, y], 1e-4);
        Assert.Equal(valley * 0.8 * Math.Min(profile, 1), map.Shade[120, y], 1e-3);
    }

    [Fact]
    public void The_skin_swells_beside_a_groove_and_is_even_far_from_it()
    {
        var map = Draw(Line);

        Assert.True(map.Height[120, 50] < 0);
        Assert.True(map.Height[120, 74] > 0);
        Assert.Equal(0, map.Folds[120, 50]);
        Assert.Equal(0, Draw(Line with { Width = 0.02f }).Height[120, 2]);
    }

    [Fact]
    public void Its_pixels_are_those_within_half_its_width()
    {
        var map = Draw(Line);
        var width = Line.WidthAt(Line.ProfileAt(0.5f, 0.5f)) * Scale;

        var rows = Enumerable.Range(0, 100).Count(y => map.Regions[120, y] == (byte)WrinkleRegion.Forehead);

        Assert.InRange(rows, width - 1.01f, width + 1.01f);
        // Tapered ends are too faint.
        Assert.Equal(0, map.Regions[20, 50]);
    }

    [Fact]
    public void Where_two_grooves_lie_on_each_other_the_deeper_one_wins()
    {
        var (alone, shallow) = (Draw(Line), Line with { Depth = 0.3f });

        Assert.Equal(alone.Height.Samples.ToArray(), Draw(Line, shallow).Height.Samples.ToArray());
        Assert.Equal(alone.Height.Samples.ToArray(), Draw(shallow, Line).Height.Samples.ToArray());
        Assert.Equal(alone.Shade.Samples.ToArray(), Draw(shallow, Line).Shade.Samples.ToArray());
    }

    [Fact]
    public void Tissue_that_hangs_over_makes_a_fold_on_the_outer_side()
    {
        var down = Line with { Points = [new(0.6f, 0.02f), new(0.6f, 0.25f), new(0.6f, 0.48f)], Overhang = 0.05f };

        var folds = Draw(down).Folds;

        Assert.True(folds[134, 50] > 0);
        Assert.True(folds[106, 50] < 0);
    }

    private static GrooveMap Draw(params WrinkleLine[] lines) =>
        GrooveMap.Draw(lines, face => face * Scale, Scale, 240, 100);
}
