using System.Drawing;

namespace Rhytid.Imaging.Tests;

public class CompositionTests
{
    [Fact]
    public void A_rectangle_is_filled_and_cut_off_at_the_edge()
    {
        var image = new Image(4, 3);

        image.Fill(new Rectangle(2, 1, 10, 10), new Rgb(1, 2, 3));

        Assert.Equal([0, 0, 0, 0, 0, 0, 1, 2, 3, 1, 2, 3], image.Row(2).ToArray());
        Assert.False(image.Row(0).ContainsAnyExcept((byte)0));
        image.Fill(new Rectangle(-5, -5, 3, 3), new Rgb(9, 9, 9));
        Assert.Equal(-1, image.Samples.IndexOf((byte)9));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(-1, -1)]
    [InlineData(3, 2)]
    [InlineData(9, 9)]
    public void A_picture_is_pasted_and_cut_off_at_the_edge(int left, int top)
    {
        var image = new Image(4, 3);
        var part = new Image(2, 2);
        for (var i = 0; i < part.Samples.Length; i++)
            part.Samples[i] = (byte)(i + 1);

        image.Paste(part, left, top);

        for (var y = 0; y < 3; y++)
            for (var x = 0; x < 4; x++)
            {
                var inside = x >= left && x < left + 2 && y >= top && y < top + 2;
                Assert.Equal(inside ? part.Row(y - top)[3 * (x - left)] : 0, image.Row(y)[3 * x]);
            }
    }
}
