using System.Numerics;
using Rhytid.Imaging;
using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Wrinkles;

/// <summary>
/// How far a head is turned aside: where the middle of its cheeks lies when the middle of its eyes is at 0.
/// </summary>
/// <param name="Middle">In eye distances; positive when more of the cheek on the picture's right is seen.</param>
internal readonly record struct HeadTurn(float Middle)
{
    // Beyond this the courses of frontal faces, which all are, miss the folds around the mouth and the far eye's
    // corner.
    private const float Most = 0.2f;

    /// <summary>Measures the skin's extent between eyes and mouth, where hair seldom covers it.</summary>
    public static HeadTurn Estimate(Mask skin, FaceWindow window)
    {
        const float Top = 0.2f, Bottom = 0.75f, Side = 1.4f, Step = 0.02f;
        var middles = new List<float>();
        for (var v = Top; v <= Bottom; v += Step)
        {
            var (from, to) = (float.NaN, float.NaN);
            for (var u = -Side; u <= Side; u += Step)
            {
                var pixel = window.ToPixel(new Vector2(u, v));
                if (pixel.X < 0
                    || pixel.Y < 0
                    || pixel.X >= skin.Width
                    || pixel.Y >= skin.Height
                    || !skin[(int)pixel.X, (int)pixel.Y])
                    continue;
                from = float.IsNaN(from) ? u : from;
                to = u;
            }
            if (to - from > 1)
                middles.Add((from + to) / 2);
        }
        middles.Sort();
        return new HeadTurn(middles.Count == 0 ? 0 : middles[middles.Count / 2]);
    }

    /// <summary>Whether a line can be placed well enough.</summary>
    public bool Shows(WrinkleLine line) => MathF.Abs(Middle) < Most || line.Region switch
    {
        WrinkleRegion.Nasolabial or WrinkleRegion.Marionette or WrinkleRegion.Perioral => false,
        WrinkleRegion.CrowsFeet or WrinkleRegion.UnderEye => line.Points[0].X * Middle > 0,
        _ => true,
    };
}

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
