using System.Numerics;
using Rhytid.Imaging;
using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Wrinkles;

/// <summary>
/// How much more or less light the skin gives with its new grooves than without: a factor for every pixel.
/// </summary>
internal static class GrooveShading
{
    // What the bottom of a groove of depth 1 loses because it sees less of its surroundings.
    private const float BottomLoss = 0.30f;

    // No wrinkle of a real face is a scratch in a plane: the skin sinks towards it softly, near and wide. Reach in eye
    // distances; depth (eye distances) and lost light by how full of deep grooves the surroundings are.
    private static readonly (float Reach, float Depth, float Loss)[] Hollows =
    [
        (0.018f, 0.035f, 0.12f), (0.05f, 0.11f, 0.20f)
    ];

    // Hanging tissue has no edge: on a photo, a fold is a soft band of shade around its line. In eye distances.
    private const float FoldSoftness = 0.032f;

    // Old skin between its wrinkles is a net of fine furrows, too faint to be drawn by anybody: depth in eye distances,
    // furrows to an eye distance, and how far it spreads around the wrinkles.
    private const float NetDepth = 0.0016f, NetFrequency = 34, NetReach = 0.07f;

    /// <summary>The factors, 1 = unchanged.</summary>
    /// <param name="grooves">The window's grooves.</param>
    /// <param name="window">Where the face lies.</param>
    /// <param name="light">The photo's light.</param>
    /// <param name="blurPixels">The photo's blur.</param>
    /// <param name="seed">Chooses the net of furrows.</param>
    public static Plane<float> Factors(
        GrooveMap grooves, FaceWindow window, PhotoLight light, float blurPixels, int seed)
    {
        var scale = window.Frame.Scale;
        var (height, lost) = Relief(grooves, scale);
        AddNet(height, grooves, window, seed);
        var factors = new Plane<float>(height.Width, height.Height);
        for (var y = 0; y < height.Height; y++)
        {
            for (var x = 0; x < height.Width; x++)
            {
                var slope = SlopeAt(height, x, y, scale);
                if (slope.LengthSquared() < 1e-7f && lost[x, y] < 1e-3f)
                {
                    factors[x, y] = 1;
                    continue;
                }
                var open = HeadShape.Slope(window.ToFace(x, y), window.Frame.Right);
                var relit = light.On(HeadShape.Normal(open + slope)) / light.On(HeadShape.Normal(open));
                factors[x, y] = relit * (1 - lost[x, y]);
            }
        }
        // The valley is drawn as wide as it shows; only its walls are finer than the photo's blur.
        return factors.GaussianBlur(0.6 * blurPixels);
    }

    private static (Plane<float> Height, Plane<float> Lost) Relief(GrooveMap grooves, float scale)
    {
        var (relief, lost) = (grooves.Height.Clone(), grooves.Shade.Clone());
        var folds = grooves.Folds.GaussianBlur(FoldSoftness * scale);
        for (var i = 0; i < relief.Samples.Length; i++)
        {
            relief.Samples[i] += folds.Samples[i];
            lost.Samples[i] *= BottomLoss;
        }
        foreach (var (reach, depth, loss) in Hollows)
        {
            var hollow = grooves.Shade.GaussianBlur(reach * scale);
            for (var i = 0; i < relief.Samples.Length; i++)
            {
                relief.Samples[i] -= depth * hollow.Samples[i];
                lost.Samples[i] += loss * hollow.Samples[i];
            }
        }
        return (relief, lost);
    }

    private static void AddNet(Plane<float> height, GrooveMap grooves, FaceWindow window, int seed)
    {
        // Detail finer than two pixels would only alias.
        var visible = Curves.Step(1.6f, 3.2f, window.Frame.Scale / NetFrequency);
        var near = grooves.Shade.GaussianBlur(NetReach * window.Frame.Scale);
        for (var y = 0; y < height.Height; y++)
        {
            for (var x = 0; x < height.Width; x++)
            {
                if (near[x, y] < 1e-3f)
                    continue;
                var place = window.ToFace(x, y) * NetFrequency;
                height[x, y] += NetDepth * visible * MathF.Min(1, 6 * near[x, y])
                    * Noise.Fractal(place.X, place.Y, seed + 11, 2);
            }
        }
    }

    private static Vector2 SlopeAt(Plane<float> height, int x, int y, float scale)
    {
        var (left, right) = (Math.Max(x - 1, 0), Math.Min(x + 1, height.Width - 1));
        var (up, down) = (Math.Max(y - 1, 0), Math.Min(y + 1, height.Height - 1));
        return new Vector2(
            (height[right, y] - height[left, y]) * scale / (right - left),
            (height[x, down] - height[x, up]) * scale / (down - up));
    }
}
