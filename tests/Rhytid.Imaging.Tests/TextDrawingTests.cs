namespace Rhytid.Imaging.Tests;

public class TextDrawingTests
{
    private static readonly Rgb White = new(255, 255, 255);

    [Fact]
    public void Capitals_are_as_high_as_asked_for_and_stand_on_the_line()
    {
        var image = new Image(120, 60);

        image.DrawText("HEH", new(20, 40), White, capHeight: 16);

        var lit = RowsWithInk(image);
        Assert.InRange(lit.First(), 22, 25);
        Assert.InRange(lit.Last(), 39, 42);
    }

    [Fact]
    public void A_text_is_as_wide_as_it_was_measured()
    {
        var image = new Image(300, 40);
        var width = TextDrawing.MeasureText("00132  2.57 %", 8);

        image.DrawText("00132  2.57 %", new(20, 25), White, capHeight: 8);

        var columns =
            Enumerable.Range(0, image.Width)
                .Where(x => Enumerable.Range(0, image.Height).Any(y => image.Row(y)[3 * x] > 60))
                .ToList();
        Assert.InRange(columns[0], 18, 24);
        Assert.InRange(columns[^1], 20 + width - 8, 20 + width + 2);
    }

    [Fact]
    public void Strokes_are_smooth()
    {
        var image = new Image(60, 30);
        image.DrawText("S8", new(10, 22), White, capHeight: 12);

        Assert.Contains(image.Samples.ToArray(), sample => sample is > 40 and < 200);
    }

    [Theory]
    [InlineData(-30, 10)]
    [InlineData(55, 10)]
    [InlineData(10, -40)]
    [InlineData(10, 300)]
    public void What_lies_outside_is_cut_off(float x, float y) =>
        new Image(60, 30).DrawText("outside", new(x, y), White);

    [Fact]
    public void Other_letters_and_no_letters_do_no_harm()
    {
        var image = new Image(60, 30);

        image.DrawText("", new(5, 20), White);
        Assert.False(image.Samples.ContainsAnyExcept((byte)0));
        Assert.Equal(0, TextDrawing.MeasureText("", 8));
        image.DrawText("日本", new(5, 20), White);
        Assert.True(image.Samples.ContainsAnyExcept((byte)0));
    }

    private static List<int> RowsWithInk(Image image) =>
        [.. Enumerable.Range(0, image.Height).Where(y => image.Row(y).IndexOfAnyInRange((byte)100, (byte)255) >= 0)];
}
