using Rhytid.Imaging;
using Rhytid.Segmentation.Classical;

namespace Rhytid.Tests.Segmentation.Classical;

public sealed class LineFilterTests
{
    [Fact]
    public void Short_and_dark_and_round_components_are_no_wrinkles()
    {
        var flat = Plain(100, 100);
        var support = new Mask(100, 100);
        Rectangle(support, 10, 10, 60, 3);   // a line
        Rectangle(support, 10, 30, 12, 3);   // too short
        Rectangle(support, 10, 50, 60, 3);   // too dark
        Rectangle(support, 60, 70, 25, 25);  // a blob
        for (var x = 0; x < 100; x++)
            for (var y = 48; y < 56; y++)
                flat[x, y] = 40;
        var filter = new LineFilter
        {
            MinLengthPixels = 20,
            PenRadiusPixels = 2,
            MaxMeanWidthPixels = 10,
            WidePixels = 5,
            MinWideEccentricity = 0.95
        };
        var line = Assert.Single(filter.CenterLines(support, flat).Components().Components);
        Assert.InRange(line.Bounds.Y, 10, 12);
    }

    // Within 2 pixels of a point lie 13 pixels, of a row of 5 the four rows of 7 and 5 beside it as well.
    [Fact]
    public void A_pen_covers_what_lies_within_its_radius()
    {
        var point = new Mask(20, 20);
        point[10, 10] = true;
        var row = new Mask(20, 20);
        Rectangle(row, 6, 10, 5, 1);

        Assert.Equal(13, LineFilter.Draw(point, 2).Count());
        Assert.Equal(9 + (2 * 7) + (2 * 5), LineFilter.Draw(row, 2).Count());
        Assert.Equal(0, LineFilter.Draw(new Mask(20, 20), 2).Count());
    }

    [Theory]
    [InlineData(20, 1)]
    [InlineData(21, 0)]
    public void A_line_of_the_least_length_passes(int least, int expected)
    {
        var support = new Mask(60, 20);
        Rectangle(support, 10, 10, 20, 1);

        var lines = new LineFilter { MinLengthPixels = least, PenRadiusPixels = 1 }.CenterLines(support, Plain(60, 20));

        Assert.Equal(expected, lines.Components().Components.Count);
    }

    private static Plane<float> Plain(int width, int height)
    {
        var plane = new Plane<float>(width, height);
        plane.Samples.Fill(128);
        return plane;
    }

    private static void Rectangle(Mask mask, int left, int top, int width, int height)
    {
        for (var y = top; y < top + height; y++)
            for (var x = left; x < left + width; x++)
                mask[x, y] = true;
    }
}
