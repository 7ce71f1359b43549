using System.Numerics;

namespace Rhytid.Synthesis.Wrinkles;

/// <summary>
/// The coarse shape of a head as seen from the front, half an egg: which way the skin faces before any wrinkle.
/// </summary>
internal static class HeadShape
{
    // Half axes in eye distances, fitted by eye to FFHQ faces; the middle lies between eyes and mouth.
    private const float RadiusU = 1.2f, RadiusV = 1.8f, RadiusZ = 1.15f, MiddleV = 0.3f;

    // The cheeks' edges face away so steeply that their light says nothing any more.
    private const float Steepest = 1.2f;

    /// <summary>
    /// How fast the skin comes towards the camera to the right and downwards, in the picture's own axes.
    /// </summary>
    /// <param name="face">In face coordinates.</param>
    /// <param name="right">The face's own right in the picture.</param>
    public static Vector2 Slope(Vector2 face, Vector2 right)
    {
        var (a, b) = (face.X / RadiusU, (face.Y - MiddleV) / RadiusV);
        var forward = MathF.Sqrt(MathF.Max(0.05f, 1 - (a * a) - (b * b)));
        var own = new Vector2(-RadiusZ * a / (RadiusU * forward), -RadiusZ * b / (RadiusV * forward));
        if (own.Length() > Steepest)
            own *= Steepest / own.Length();
        return new Vector2((own.X * right.X) - (own.Y * right.Y), (own.X * right.Y) + (own.Y * right.X));
    }

    /// <summary>Direction of a surface with this slope.</summary>
    public static Vector3 Normal(Vector2 slope) => Vector3.Normalize(new Vector3(-slope.X, -slope.Y, 1));
}
