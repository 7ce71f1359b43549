using System.Numerics;

namespace Rhytid.Faces.Detection;

/// <summary>An oriented square of a photo.</summary>
/// <param name="Center">Its middle in pixels of the photo.</param>
/// <param name="SidePixels">Its side in pixels of the photo.</param>
/// <param name="TurnDegrees">How far its upper edge falls to the right on the photo.</param>
internal readonly record struct PhotoView(Vector2 Center, float SidePixels, float TurnDegrees = 0)
{
    /// <summary>The smallest square that shows a whole photo.</summary>
    public static PhotoView Whole(int width, int height, float turnDegrees = 0)
    {
        var (sin, cos) = MathF.SinCos(float.DegreesToRadians(turnDegrees));
        var (wide, high) =
            ((width * Math.Abs(cos)) + (height * Math.Abs(sin)), (width * Math.Abs(sin)) + (height * Math.Abs(cos)));
        return new PhotoView(new Vector2(width, height) / 2, Math.Max(wide, high), turnDegrees);
    }

    /// <summary>Takes pixels of the view, shown <paramref name="size"/> pixels wide, to pixels of the photo.</summary>
    public Matrix3x2 ToPhoto(int size)
    {
        var (sin, cos) = MathF.SinCos(float.DegreesToRadians(TurnDegrees));
        var across = new Vector2(cos, sin) * (SidePixels / size);
        var down = new Vector2(-across.Y, across.X);
        var corner = Center - (size / 2f * (across + down));
        return new Matrix3x2(across.X, across.Y, down.X, down.Y, corner.X, corner.Y);
    }
}
