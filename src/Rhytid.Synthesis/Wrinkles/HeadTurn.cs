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
