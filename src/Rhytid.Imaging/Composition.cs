using System.Drawing;

namespace Rhytid.Imaging;

/// <summary>Puts pictures together from rectangles, in place; what lies outside the picture is cut off.</summary>
public static class Composition
{
    /// <summary>Fills a rectangle with a colour.</summary>
    public static void Fill(this Image image, Rectangle area, Rgb color)
    {
        ArgumentNullException.ThrowIfNull(image);
        area.Intersect(new Rectangle(0, 0, image.Width, image.Height));
        for (var y = area.Top; y < area.Bottom; y++)
        {
            var row = image.Row(y).Slice(3 * area.Left, 3 * area.Width);
            for (var i = 0; i < row.Length; i += 3)
                (row[i], row[i + 1], row[i + 2]) = (color.Red, color.Green, color.Blue);
        }
    }

    /// <summary>Copies a picture into another.</summary>
    /// <param name="image">The picture that is written into.</param>
    /// <param name="part">The picture that is copied.</param>
    /// <param name="left">Where its first column comes to lie.</param>
    /// <param name="top">Where its first row comes to lie.</param>
    public static void Paste(this Image image, Image part, int left, int top)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(part);
        var area = Rectangle.Intersect(
            new Rectangle(left, top, part.Width, part.Height), new Rectangle(0, 0, image.Width, image.Height));
        for (var y = area.Top; y < area.Bottom; y++)
            part.Row(y - top)
                .Slice(3 * (area.Left - left), 3 * area.Width)
                .CopyTo(image.Row(y).Slice(3 * area.Left, 3 * area.Width));
    }
}
