using Rhytid.Imaging;

namespace Rhytid.Segmentation.Classical;

/// <summary>Which connected components have the shape of a line, and how wide a line is drawn.</summary>
/// <remarks>
/// Manual masks are pen strokes of an even width, so a kept component is redrawn as its centre line with a pen,
/// whatever the width of the filter's response.
/// </remarks>
internal sealed record LineFilter
{
    /// <summary>Shortest centre line, in pixels of it.</summary>
    public required int MinLengthPixels { get; init; }

    /// <summary>Half the width of the drawn line.</summary>
    public required float PenRadiusPixels { get; init; }

    /// <summary>Widest component: area divided by the length of the centre line.</summary>
    public float MaxMeanWidthPixels { get; init; } = float.PositiveInfinity;

    /// <summary>Wider components than this must also be elongated (<see cref="MinWideEccentricity"/>).</summary>
    public float WidePixels { get; init; } = float.PositiveInfinity;

    /// <summary>Least eccentricity of the ellipse with the same second moments, for wide components.</summary>
    public double MinWideEccentricity { get; init; }

    /// <summary>
    /// Darkest line, as its mean in the evenly lit picture (skin = 128). Frames of glasses and strands of dark hair are
    /// darker than any wrinkle.
    /// </summary>
    public float MinMeanGray { get; init; } = 70;

    /// <summary>The centre lines of the components that pass.</summary>
    /// <param name="support">The candidates.</param>
    /// <param name="flat">The evenly lit picture.</param>
    public Mask CenterLines(Mask support, Plane<float> flat)
    {
        var (labels, components) = support.Components();
        var thinned = support.Thin();
        var label = labels.Samples;
        var line = thinned.Samples;
        var gray = flat.Samples;
        var length = new int[components.Count + 1];
        var sum = new float[components.Count + 1];
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == 0)
                continue;
            length[label[i]]++;
            sum[label[i]] += gray[i];
        }

        var eccentricity = double.IsPositiveInfinity(WidePixels) ? [] : Eccentricities(labels, components.Count);
        var kept = new bool[components.Count + 1];
        foreach (var component in components)
        {
            var pixels = length[component.Label];
            var width = (float)component.Area / Math.Max(pixels, 1);
            var isBlob = width > WidePixels && eccentricity[component.Label] < MinWideEccentricity;
            kept[component.Label] = pixels >= MinLengthPixels && width <= MaxMeanWidthPixels && !isBlob
                && sum[component.Label] >= MinMeanGray * pixels;
        }

        for (var i = 0; i < line.Length; i++)
            line[i] = line[i] != 0 && kept[label[i]] ? Mask.Set : (byte)0;
        return thinned;
    }

    /// <summary>The centre lines that pass, drawn with the pen.</summary>
    public Mask Draw(Mask support, Plane<float> flat) => Draw(CenterLines(support, flat), PenRadiusPixels);

    /// <summary>Every pixel within <paramref name="penRadiusPixels"/> of a line.</summary>
    public static Mask Draw(Mask lines, float penRadiusPixels)
    {
        // With no line at all the distance transform has no zero to measure from.
        return lines.Samples.ContainsAnyExcept((byte)0)
            ? Mask.Where(lines.Invert().Distance(), pixels => pixels <= penRadiusPixels)
            : lines;
    }

    // sqrt(1 - minor/major) of the covariance of each component's pixel coordinates.
    private static double[] Eccentricities(Plane<int> labels, int count)
    {
        var moments = new (double N, double X, double Y, double XX, double YY, double XY)[count + 1];
        for (var y = 0; y < labels.Height; y++)
        {
            var row = labels.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                if (row[x] == 0)
                    continue;
                ref var m = ref moments[row[x]];
                m = (m.N + 1, m.X + x, m.Y + y, m.XX + ((double)x * x), m.YY + ((double)y * y), m.XY + ((double)x * y));
            }
        }
        return Array.ConvertAll(moments, static m =>
        {
            if (m.N == 0)
                return 0;
            var xx = (m.XX / m.N) - (m.X / m.N * m.X / m.N);
            var yy = (m.YY / m.N) - (m.Y / m.N * m.Y / m.N);
            var xy = (m.XY / m.N) - (m.X / m.N * m.Y / m.N);
            var spread = Math.Sqrt(((xx - yy) * (xx - yy)) + (4 * xy * xy));
            var major = (xx + yy + spread) / 2;
            return major <= 0 ? 0 : Math.Sqrt(Math.Max(0, 1 - ((xx + yy - spread) / 2 / major)));
        });
    }
}
