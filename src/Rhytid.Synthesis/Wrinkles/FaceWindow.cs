using System.Drawing;
using System.Numerics;
using Rhytid.Imaging;

namespace Rhytid.Synthesis.Wrinkles;

/// <summary>
/// The part of a photo that a face covers: everything is computed here, so that a large photo costs no more than its
/// face.
/// </summary>
internal sealed class FaceWindow
{
    // In face coordinates: beyond ears, vertex and chin.
    private const float HalfWidth = 1.4f, Top = -1.7f, Bottom = 2.1f;

    private FaceWindow(FaceFrame frame, Rectangle bounds) => (Frame, Bounds) = (frame, bounds);

    public FaceFrame Frame { get; }

    /// <summary>In pixels of the photo.</summary>
    public Rectangle Bounds { get; }

    /// <summary>The window of a face.</summary>
    /// <exception cref="ArgumentException">The face lies outside the photo.</exception>
    public static FaceWindow Create(FaceFrame frame, int photoWidth, int photoHeight)
    {
        Vector2[] corners =
        [
            frame.ToPixel(new(-HalfWidth, Top)), frame.ToPixel(new(HalfWidth, Top)),
            frame.ToPixel(new(-HalfWidth, Bottom)), frame.ToPixel(new(HalfWidth, Bottom))
        ];
        var (min, max) = (corners.Aggregate(Vector2.Min), corners.Aggregate(Vector2.Max));
        var bounds = Rectangle.Intersect(new Rectangle(0, 0, photoWidth, photoHeight),
            Rectangle.FromLTRB(
                (int)MathF.Floor(min.X), (int)MathF.Floor(min.Y), (int)MathF.Ceiling(max.X),
                (int)MathF.Ceiling(max.Y)));
        if (bounds.Width < 32 || bounds.Height < 32)
            throw new ArgumentException("the face is smaller than 32 pixels or lies outside the photo");
        return new FaceWindow(frame, bounds);
    }

    /// <summary>From face coordinates to pixels of the window.</summary>
    public Vector2 ToPixel(Vector2 face) => Frame.ToPixel(face) - new Vector2(Bounds.X, Bounds.Y);

    /// <summary>From the middle of a pixel of the window to face coordinates.</summary>
    public Vector2 ToFace(int x, int y) => Frame.ToFace(new Vector2(Bounds.X + x + 0.5f, Bounds.Y + y + 0.5f));

    public Mask Crop(Mask mask)
    {
        var crop = new Mask(Bounds.Width, Bounds.Height);
        for (var y = 0; y < Bounds.Height; y++)
            mask.Row(Bounds.Y + y).Slice(Bounds.X, Bounds.Width).CopyTo(crop.Row(y));
        return crop;
    }
}
