using System.Numerics;
using Rhytid.Imaging;

namespace Rhytid.Synthesis.Portraits;

/// <summary>
/// All wrinkles of a face at the picture's size: how far they sink the skin, and the exact pixels that they are.
/// </summary>
internal sealed class GrooveMap
{
    // A wall of 45 degrees at depth 1: deeper looks cut, not folded.
    private const float DepthPerWidth = 0.52f;

    // The skin swells a little on both sides of a groove.
    private const float Swelling = 0.42f, FoldReach = 0.11f, SwellingReach = 3.2f;

    private GrooveMap(int width, int height)
    {
        Height = new Plane<float>(width, height);
        Folds = new Plane<float>(width, height);
        Shade = new Plane<float>(width, height);
        Regions = new Plane<byte>(width, height);
    }

    /// <summary>Height to add to the skin, in eye distances; negative in a groove.</summary>
    public Plane<float> Height { get; }

    /// <summary>Broad swelling beside the folds, in eye distances.</summary>
    public Plane<float> Folds { get; }

    /// <summary>0 = open skin, towards 1 = the bottom of a deep groove, where little light gets.</summary>
    public Plane<float> Shade { get; }

    /// <summary>
    /// The <see cref="WrinkleRegion"/> of every pixel that lies in a groove at half its own depth or more, else 0.
    /// </summary>
    public Plane<byte> Regions { get; }

    /// <summary>Draws all wrinkles of a face.</summary>
    /// <param name="lines">In face coordinates.</param>
    /// <param name="toPixel">From face coordinates to pixels of the map.</param>
    /// <param name="scale">Pixels in an eye distance.</param>
    /// <param name="width">Columns of the map.</param>
    /// <param name="height">Rows of the map.</param>
    public static GrooveMap Draw(
        IReadOnlyList<WrinkleLine> lines, Func<Vector2, Vector2> toPixel, float scale, int width, int height)
    {
        var map = new GrooveMap(width, height);
        foreach (var line in lines)
            map.Draw(line, toPixel, scale);
        return map;
    }

    private void Draw(WrinkleLine line, Func<Vector2, Vector2> toPixel, float scale)
    {
        var points = line.Points.Select(toPixel).ToArray();
        var (lengths, total) = Lengths(points);
        var reach = MathF.Max(line.Width * SwellingReach * 1.2f, line.Overhang > 0 ? FoldReach * 2.5f : 0) * scale;
        var side = MathF.Sign(line.Points[0].X);
        var (min, max) = (points.Aggregate(Vector2.Min), points.Aggregate(Vector2.Max));
        var (left, top) = ((int)MathF.Max(0, min.X - reach), (int)MathF.Max(0, min.Y - reach));
        var (right, bottom) =
            ((int)MathF.Min(Height.Width - 1, max.X + reach), (int)MathF.Min(Height.Height - 1, max.Y + reach));
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                var (distance, at) = Nearest(points, lengths, new Vector2(x + 0.5f, y + 0.5f), reach);
                if (MathF.Abs(distance) < reach)
                {
                    var (away, share, lengthSoFar) = (distance / scale, at / total, MathF.Abs(at) / scale);
                    Sink(line, x, y, MathF.Abs(away), MathF.Abs(share), lengthSoFar);
                    if (line.Overhang > 0)
                        Folds[x, y] += Fold(line, away * -side, line.ProfileAt(share, lengthSoFar));
                }
            }
        }
    }

    private void Sink(WrinkleLine line, int x, int y, float distance, float share, float lengthSoFar)
    {
        var profile = line.ProfileAt(share, lengthSoFar);
        if (profile < 0.02f)
            return;
        var width = line.WidthAt(profile);
        // A Gaussian valley, half its depth at half its width from the middle.
        var a = 2 * distance / width;
        var valley = MathF.Exp(-0.6931f * a * a);
        var swell = MathF.Exp(-0.6931f * a * a / (SwellingReach * SwellingReach * 0.5f));
        var depth = DepthPerWidth * width * line.Depth * profile;
        var height = depth * ((Swelling * swell) - ((1 + Swelling) * valley));
        // Where two grooves meet the deeper one wins; their sum would be a hole.
        if (MathF.Abs(height) > MathF.Abs(Height[x, y]))
            Height[x, y] = height;
        Shade[x, y] = MathF.Max(Shade[x, y], valley * line.Depth * MathF.Min(profile, 1));
        if (a <= 1 && profile >= WrinkleLine.FaintShare)
            Regions[x, y] = (byte)line.Region;
    }

    private static (float[] Lengths, float Total) Lengths(Vector2[] points)
    {
        var lengths = new float[points.Length];
        for (var i = 1; i < points.Length; i++)
            lengths[i] = lengths[i - 1] + Vector2.Distance(points[i - 1], points[i]);
        return (lengths, lengths[^1]);
    }

    // Soft tissue hangs over the line from the outer side and is pressed in on the inner one.
    private static float Fold(WrinkleLine line, float outwards, float profile)
    {
        var hanging = Curves.Step(-0.5f * line.Width, 0.7f * line.Width, outwards) * Curves.Ridge(outwards, FoldReach);
        var pressed = Curves.Step(0.7f * line.Width, -0.5f * line.Width, outwards)
            * Curves.Ridge(outwards, 0.6f * FoldReach);
        return line.Overhang * profile * (hanging - (0.35f * pressed));
    }

    /// <summary>
    /// Distance to the line (negative on its right-hand side when looking along it), and how far along it the nearest
    /// point lies.
    /// </summary>
    private static (float Distance, float At) Nearest(Vector2[] points, float[] lengths, Vector2 pixel, float reach)
    {
        var (best, at, turn) = (reach * reach, 0f, 1f);
        for (var i = 0; i + 1 < points.Length; i++)
        {
            var along = points[i + 1] - points[i];
            var squared = along.LengthSquared();
            if (squared < 1e-9f)
                continue;
            var t = Math.Clamp(Vector2.Dot(pixel - points[i], along) / squared, 0, 1);
            var distance = Vector2.DistanceSquared(pixel, points[i] + (along * t));
            if (distance < best)
            {
                var offset = pixel - points[i];
                (best, at, turn) =
                    (distance, Curves.Mix(lengths[i], lengths[i + 1], t), (along.X * offset.Y) - (along.Y * offset.X));
            }
        }
        return (MathF.CopySign(MathF.Sqrt(best), turn), at);
    }
}
