using System.Numerics;
using Rhytid.Imaging;
using Rhytid.Measurement;

namespace Rhytid.Tests.Measurement;

public class WrinkleMeasurerTests
{
    private const int Side = 420;
    private const float FaceWidth = 400;

    public static TheoryData<float, float, float> Lines()
    {
        var data = new TheoryData<float, float, float>();
        foreach (var degrees in new float[] { 0, 11, 22.5f, 30, 45, 67.5f, 80, 90 })
            foreach (var (length, width) in new (float, float)[] { (60, 3), (150, 2), (150, 5), (300, 4), (300, 9) })
                data.Add(degrees, length, width);
        return data;
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_straight_line_has_its_length_and_width(float degrees, float length, float width)
    {
        var along = new Vector2(MathF.Cos(float.DegreesToRadians(degrees)), MathF.Sin(float.DegreesToRadians(degrees)));
        var mask = Where((x, y) =>
        {
            var from = new Vector2(x + 0.5f, y + 0.5f) - new Vector2(Side / 2f);
            return Within(Vector2.Dot(from, along), length) && Within((from.X * along.Y) - (from.Y * along.X), width);
        });

        var measured = Measure(mask);

        var line = Assert.Single(measured.Wrinkles);
        Assert.InRange(line.LengthPixels, 0.97f * length, 1.03f * length);
        Assert.InRange(line.MeanWidthPixels, width - 0.5f, width + 0.5f);
    }

    [Theory]
    [InlineData(60, 3)]
    [InlineData(120, 4)]
    public void An_arc_has_its_length_and_width(float radius, float width)
    {
        // Half a circle around (210, 280), open below.
        var mask = Where((x, y) =>
        {
            var from = new Vector2(x + 0.5f, y + 0.5f) - new Vector2(210, 280);
            return from.Y <= 0 && Within(from.Length() - radius, width);
        });

        var line = Assert.Single(Measure(mask).Wrinkles);

        Assert.InRange(line.LengthPixels, 0.97f * MathF.PI * radius, 1.03f * MathF.PI * radius);
        Assert.InRange(line.MeanWidthPixels, width - 0.5f, width + 0.5f);
    }

    [Fact]
    public void A_fork_is_one_wrinkle_with_the_length_of_its_branches()
    {
        var mask = new Mask(Side, Side);
        mask.DrawLine([new(60, 200), new(200, 200), new(320, 120)], thickness: 3);
        mask.DrawLine([new(200, 200), new(320, 280)], thickness: 3);

        var line = Assert.Single(Measure(mask).Wrinkles);

        var expected = 140 + (2 * MathF.Sqrt((120 * 120) + (80 * 80)));
        Assert.InRange(line.LengthPixels, 0.97f * expected, 1.03f * expected);
    }

    [Fact]
    public void Separate_lines_are_counted_and_specks_are_not()
    {
        var mask = new Mask(Side, Side);
        for (var i = 0; i < 4; i++)
            mask.DrawLine([new(50, 60 + (40 * i)), new(90 + (50 * i), 60 + (40 * i))], thickness: 3);
        mask.DrawLine([new(300, 300), new(302, 300)], thickness: 2);

        var measured = Measure(mask);

        Assert.Equal(4, measured.Count);
        Assert.Equal(measured.Wrinkles[0].LengthPixels, measured.LongestLengthPixels);
        Assert.InRange(measured.LongestLengthPixels, 0.97f * 193, 1.03f * 193);
        Assert.Equal(mask.Count(), measured.WrinkleAreaPixels);
    }

    [Fact]
    public void Share_is_of_the_skin()
    {
        var mask = new Mask(100, 100);
        mask.DrawLine([new(10, 50), new(59, 50)], thickness: 1);
        var skin = new Mask(100, 100);
        for (var y = 0; y < 50; y++)
            skin.Row(y).Fill(Mask.Set);

        Assert.Equal(
            1.0, WrinkleMeasurer.Measure(mask, skin, new Plane<byte>(100, 100), 100).WrinkleShareOfSkinPercent, 6);
    }

    [Fact]
    public void Contrast_is_the_step_from_the_skin_beside()
    {
        var gray = new Plane<byte>(Side, Side);
        gray.Samples.Fill(160);
        var mask = new Mask(Side, Side);
        mask.DrawLine([new(100, 200), new(300, 200)], thickness: 5);
        for (var i = 0; i < mask.Samples.Length; i++)
            if (mask.Samples[i] != 0)
                gray.Samples[i] = 130;

        var measured = WrinkleMeasurer.Measure(mask, Mask.Full(Side, Side), gray, FaceWidth);

        Assert.Equal(30, measured.MeanContrastGrayLevels!.Value, 2);
    }

    [Fact]
    public void An_empty_mask_has_no_wrinkles_and_no_means()
    {
        var measured = Measure(new Mask(Side, Side));

        Assert.Equal((0, 0f, 0f), (measured.Count, measured.TotalLengthPixels, measured.LongestLengthPixels));
        Assert.Null(measured.MeanWidthPixels);
        Assert.Null(measured.MeanContrastGrayLevels);
    }

    [Fact]
    public void Relative_lengths_do_not_depend_on_the_size_of_the_photo()
    {
        var small = new Mask(200, 200);
        small.DrawLine([new(40, 100), new(160, 100)], thickness: 3);
        var large = new Mask(800, 800);
        large.DrawLine([new(160, 400), new(640, 400)], thickness: 11);

        var a = WrinkleMeasurer.Measure(small, Mask.Full(200, 200), new Plane<byte>(200, 200), 150);
        var b = WrinkleMeasurer.Measure(large, Mask.Full(800, 800), new Plane<byte>(800, 800), 600);

        Assert.Equal(a.TotalLengthFaceWidths, b.TotalLengthFaceWidths, 0.02);
    }

    // Half open, so that a line of 9 pixels has 9 rows and not 10 when pixel centres lie on both of its edges.
    private static bool Within(float from, float extent) => from > -extent / 2 && from <= extent / 2;

    private static WrinkleMeasurements Measure(Mask mask) =>
        WrinkleMeasurer.Measure(
            mask, Mask.Full(mask.Width, mask.Height), new Plane<byte>(mask.Width, mask.Height), FaceWidth);

    private static Mask Where(Func<int, int, bool> isIn)
    {
        var mask = new Mask(Side, Side);
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
                mask[x, y] = isIn(x, y);
        return mask;
    }
}
