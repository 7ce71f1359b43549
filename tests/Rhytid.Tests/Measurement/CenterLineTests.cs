using System.Numerics;
using Rhytid.Imaging;
using Rhytid.Measurement;

namespace Rhytid.Tests.Measurement;

public sealed class CenterLineTests
{
    // 40 pixels: 39 steps, and half a pixel beyond both ends, which are looked for in quarters.
    [Fact]
    public void A_line_reaches_to_the_ends_of_its_mask()
    {
        var mask = new Mask(60, 20);
        for (var x = 5; x < 45; x++)
            mask[x, 10] = true;

        var line = Trace(mask);

        Assert.InRange(line.LengthPixels, 39.99f, 40.26f);
        Assert.Contains(new Vector2(5.5f, 10.5f), Assert.Single(line.Lines));
        Assert.Contains(new Vector2(44.5f, 10.5f), line.Lines[0]);
    }

    [Fact]
    public void A_slope_of_1_to_3_has_the_length_of_its_line_and_not_of_its_steps()
    {
        var mask = new Mask(120, 60);
        for (var x = 5; x < 95; x++)
            mask[x, 5 + (x / 3)] = true;

        // Of the 89 steps to the right 29 or 30 go down as well.
        Assert.Equal(Math.Sqrt((90 * 90) + (30 * 30)), Trace(mask).LengthPixels, 1.0);
    }

    // Beside a bar of half width 4.5, a spur counts from 1.5 * 5 + 2 pixels on.
    [Theory]
    [InlineData(8, 1)]
    [InlineData(14, 2)]
    public void A_spur_no_longer_than_the_mask_is_wide_is_no_line(int length, int lines)
    {
        var mask = new Mask(120, 60);
        for (var y = 30; y < 39; y++)
            mask.Row(y)[10..110].Fill(Mask.Set);
        List<(int, int)> skeleton = [.. Enumerable.Range(12, 96).Select(x => (x, 34))];
        skeleton.AddRange(Enumerable.Range(1, length - 1).Select(i => (60, 34 - i)));

        Assert.Equal(lines, CenterLine.Trace(skeleton, mask, mask.Distance()).Lines.Count);
    }

    [Fact]
    public void A_single_pixel_is_a_line_of_its_own_size()
    {
        var mask = new Mask(9, 9);
        mask[4, 4] = true;

        Assert.Equal(1, Trace(mask).LengthPixels);
    }

    private static CenterLine Trace(Mask mask)
    {
        var skeleton = new List<(int, int)>();
        for (var y = 0; y < mask.Height; y++)
            for (var x = 0; x < mask.Width; x++)
                if (mask[x, y])
                    skeleton.Add((x, y));
        return CenterLine.Trace(skeleton, mask, mask.Distance());
    }
}
