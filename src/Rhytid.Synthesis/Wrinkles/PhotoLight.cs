using System.Numerics;
using Rhytid.Imaging;

namespace Rhytid.Synthesis.Wrinkles;

/// <summary>The light of a photo as its skin shows it: one direction and a share from all around.</summary>
/// <param name="Key">Light that a surface facing the lamp receives; x right, y down, z to the camera. Its length is the
/// strength.</param>
internal readonly record struct PhotoLight(Vector3 Key)
{
    // A skin that faces the camera receives 1: this much from all around, the rest from the key light.
    private const float Around = 0.28f;

    // Beyond this, half of the face would be black.
    private const float MostSideways = 1;

    // What is assumed where the skin says little: light from a little above. Counts as much as this share of the skin's
    // places.
    private const float UsualDown = -0.25f, UsualShare = 0.1f;

    // Places across the window at which the skin's light is looked at: wrinkles and pores are averaged out.
    private const int Grid = 72;

    /// <summary>
    /// Finds the light by regressing the skin's luminance on the direction that half an egg faces there (shape from
    /// shading the other way round).
    /// </summary>
    /// <param name="luminance">Linear light of the window.</param>
    /// <param name="skin">Its skin.</param>
    /// <param name="window">Where the face lies.</param>
    public static PhotoLight Estimate(Plane<float> luminance, Mask skin, FaceWindow window)
    {
        var (columns, rows) = (Grid, Math.Max(8, Grid * luminance.Height / luminance.Width));
        var light = luminance.Resize(columns, rows, Interpolation.Area);
        var covered = skin.Erode(5).AsPlane().ToFloat().Resize(columns, rows, Interpolation.Area);
        var samples = new List<(float Light, Vector3 Normal)>();
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                if (covered[x, y] < 0.95f * byte.MaxValue)
                    continue;
                var place = window.ToFace(
                    (int)((x + 0.5f) * luminance.Width / columns), (int)((y + 0.5f) * luminance.Height / rows));
                samples.Add((light[x, y], HeadShape.Normal(HeadShape.Slope(place, window.Frame.Right))));
            }
        }
        var sideways = samples.Count < 20 ? new Vector2(0, UsualDown) : Regress(samples);
        if (sideways.Length() > MostSideways)
            sideways *= MostSideways / sideways.Length();
        return new PhotoLight(new Vector3(sideways, 1 - Around));
    }

    /// <summary>Light that a surface receives; 1 where it faces the camera.</summary>
    public float On(Vector3 normal)
    {
        // Skin passes light on around an edge, so no wall is black.
        const float Least = 0.06f;
        return Around + MathF.Max(Least, Vector3.Dot(normal, Key));
    }

    // Least squares of light / mean light on the two sideways parts of the normal, drawn towards the usual light.
    private static Vector2 Regress(List<(float Light, Vector3 Normal)> samples)
    {
        var mean = MathF.Max(1e-4f, samples.Average(sample => sample.Light));
        var (meanX, meanY) = (samples.Average(sample => sample.Normal.X), samples.Average(sample => sample.Normal.Y));
        float xx = 0, xy = 0, yy = 0, xl = 0, yl = 0;
        foreach (var (light, normal) in samples)
        {
            var (x, y, l) = (normal.X - meanX, normal.Y - meanY, (light / mean) - 1);
            (xx, xy, yy, xl, yl) = (xx + (x * x), xy + (x * y), yy + (y * y), xl + (x * l), yl + (y * l));
        }
        var ridge = UsualShare * (xx + yy);
        (xx, yy, yl) = (xx + ridge, yy + ridge, yl + (ridge * UsualDown));
        var determinant = (xx * yy) - (xy * xy);
        return new Vector2(((xl * yy) - (yl * xy)) / determinant, ((yl * xx) - (xl * xy)) / determinant);
    }
}
