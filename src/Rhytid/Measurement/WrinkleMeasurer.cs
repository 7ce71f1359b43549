using System.Drawing;
using Rhytid.Imaging;

namespace Rhytid.Measurement;

/// <summary>Measures the wrinkles of a mask.</summary>
public static class WrinkleMeasurer
{
    // Shorter than this share of the face's width is a speck: its pixels count, it is no wrinkle.
    private const float ShortestWrinkle = 0.02f;

    // Surroundings of a wrinkle pixel: a window of this share of the face's width.
    private const float ContrastWindow = 0.05f;

    /// <summary>Measures.</summary>
    /// <param name="wrinkles">The wrinkle mask.</param>
    /// <param name="skin">The skin it was looked for on, of the same size.</param>
    /// <param name="gray">The photo's grey levels, of the same size.</param>
    /// <param name="faceWidthPixels">Width of the face in pixels of these pictures.</param>
    public static WrinkleMeasurements Measure(Mask wrinkles, Mask skin, Plane<byte> gray, float faceWidthPixels)
    {
        ArgumentNullException.ThrowIfNull(wrinkles);
        ArgumentNullException.ThrowIfNull(skin);
        ArgumentNullException.ThrowIfNull(gray);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(faceWidthPixels);
        RequireSize(skin.Width, skin.Height);
        RequireSize(gray.Width, gray.Height);

        var window = (2 * Math.Max(5, (int)(faceWidthPixels * ContrastWindow / 2))) + 1;
        var found = wrinkles.Count() == 0
            ? []
            : Lines(wrinkles, LocalContrast.Compute(gray, wrinkles, skin, window), faceWidthPixels * ShortestWrinkle);
        return new WrinkleMeasurements
        {
            SkinAreaPixels = skin.Count(),
            WrinkleAreaPixels = wrinkles.Count(),
            FaceWidthPixels = faceWidthPixels,
            Wrinkles = [.. found.OrderByDescending(wrinkle => wrinkle.LengthPixels)],
        };

        void RequireSize(int width, int height)
        {
            if (width != wrinkles.Width || height != wrinkles.Height)
                throw new ArgumentException(
                    $"the wrinkle mask has {wrinkles.Width} x {wrinkles.Height} pixels, another input {width} x {height}");
        }
    }

    private static List<Wrinkle> Lines(Mask wrinkles, Plane<float> contrast, float shortestPixels)
    {
        var components = wrinkles.Components();
        var radius = wrinkles.Distance();
        var skeletons = SkeletonsByLabel(wrinkles.Thin(), components);
        var contrasts = MeanByLabel(contrast, components);
        var result = new List<Wrinkle>();
        foreach (var component in components.Components)
        {
            var line = CenterLine.Trace(skeletons[component.Label], wrinkles, radius);
            if (line.LengthPixels < Math.Max(shortestPixels, 1))
                continue;
            result.Add(
                new Wrinkle(
                    component.Bounds, line.LengthPixels, component.Area / line.LengthPixels,
                    contrasts[component.Label]));
        }
        return result;
    }

    private static List<(int X, int Y)>[] SkeletonsByLabel(Mask thinned, ComponentLabels components)
    {
        var skeletons = new List<(int X, int Y)>[components.Components.Count + 1];
        for (var i = 0; i < skeletons.Length; i++)
            skeletons[i] = [];
        for (var y = 0; y < thinned.Height; y++)
        {
            var row = thinned.Row(y);
            var labels = components.Labels.Row(y);
            for (var x = row.IndexOf(Mask.Set); x >= 0 && x < row.Length; x++)
                if (row[x] != 0)
                    skeletons[labels[x]].Add((x, y));
        }
        return skeletons;
    }

    private static float?[] MeanByLabel(Plane<float> values, ComponentLabels components)
    {
        var sums = new double[components.Components.Count + 1];
        var counts = new int[sums.Length];
        for (var i = 0; i < values.Samples.Length; i++)
        {
            var label = components.Labels.Samples[i];
            if (label == 0 || float.IsNaN(values.Samples[i]))
                continue;
            sums[label] += values.Samples[i];
            counts[label]++;
        }
        return [.. sums.Zip(counts, (sum, count) => count == 0 ? (float?)null : (float)(sum / count))];
    }
}

/// <summary>One wrinkle: a connected line. Pixels are those of the photo.</summary>
/// <param name="Bounds">Bounding box in pixels of the measured picture.</param>
/// <param name="LengthPixels">Along the centre line, branches included.</param>
/// <param name="MeanWidthPixels">Area divided by length.</param>
/// <param name="MeanContrastGrayLevels">How much darker than the skin beside it, 0..255; null where there is no plain
/// skin beside it.</param>
public sealed record Wrinkle(
    Rectangle Bounds, float LengthPixels, float MeanWidthPixels, float? MeanContrastGrayLevels);

/// <summary>What a wrinkle mask says in numbers; defined in docs/reference/measurement.md.</summary>
public sealed record WrinkleMeasurements
{
    /// <summary>Skin on which wrinkles were looked for, in pixels.</summary>
    public required long SkinAreaPixels { get; init; }

    /// <summary>Wrinkle pixels, specks included.</summary>
    public required long WrinkleAreaPixels { get; init; }

    /// <summary>Width of the face in pixels, to which the relative numbers refer.</summary>
    public required float FaceWidthPixels { get; init; }

    /// <summary>Every counted wrinkle, the longest first.</summary>
    public required IReadOnlyList<Wrinkle> Wrinkles { get; init; }

    /// <summary>100 * wrinkle pixels / skin pixels; 0 where there is no skin.</summary>
    public double WrinkleShareOfSkinPercent => SkinAreaPixels == 0 ? 0 : 100.0 * WrinkleAreaPixels / SkinAreaPixels;

    /// <summary>How many wrinkles.</summary>
    public int Count => Wrinkles.Count;

    /// <summary>Sum of all lengths.</summary>
    public float TotalLengthPixels => Wrinkles.Sum(wrinkle => wrinkle.LengthPixels);

    /// <summary>The longest wrinkle; 0 where there is none.</summary>
    public float LongestLengthPixels => Count == 0 ? 0 : Wrinkles[0].LengthPixels;

    /// <summary>Mean width over all centre lines (long wrinkles weigh more); null where there is no wrinkle.</summary>
    public float? MeanWidthPixels =>
        Count == 0 ? null : Wrinkles.Sum(wrinkle => wrinkle.MeanWidthPixels * wrinkle.LengthPixels) / TotalLengthPixels;

    /// <summary>Mean contrast over all wrinkle pixels; null where it could not be measured.</summary>
    public float? MeanContrastGrayLevels
    {
        get
        {
            var measured = Wrinkles.Where(wrinkle => wrinkle.MeanContrastGrayLevels is not null).ToList();
            var area = measured.Sum(Area);
            return area == 0
                ? null
                : measured.Sum(wrinkle => wrinkle.MeanContrastGrayLevels!.Value * Area(wrinkle)) / area;

            static float Area(Wrinkle wrinkle) => wrinkle.LengthPixels * wrinkle.MeanWidthPixels;
        }
    }

    /// <summary>Total length in widths of the face.</summary>
    public double TotalLengthFaceWidths => TotalLengthPixels / FaceWidthPixels;

    /// <summary>Longest wrinkle in widths of the face.</summary>
    public double LongestLengthFaceWidths => LongestLengthPixels / FaceWidthPixels;

    /// <summary>Mean width in widths of the face; null where there is no wrinkle.</summary>
    public double? MeanWidthFaceWidths => MeanWidthPixels / FaceWidthPixels;
}

/// <summary>How much darker each wrinkle pixel is than the wrinkle-free skin around it.</summary>
internal static class LocalContrast
{
    // The lit and shaded flanks of a groove belong neither to it nor to its surroundings.
    private const int FlankPixels = 3;

    /// <summary>Surroundings minus pixel, in grey levels; NaN where no wrinkle-free skin lies in the window.</summary>
    /// <param name="gray">Grey levels of the photo.</param>
    /// <param name="wrinkles">The wrinkles.</param>
    /// <param name="skin">Where surroundings are looked for.</param>
    /// <param name="window">Odd side of the window in pixels.</param>
    public static Plane<float> Compute(Plane<byte> gray, Mask wrinkles, Mask skin, int window)
    {
        var plain = skin.Except(wrinkles.Dilate((2 * FlankPixels) + 1));
        var plainGray = new Plane<float>(gray.Width, gray.Height);
        var weight = new Plane<float>(gray.Width, gray.Height);
        for (var i = 0; i < gray.Samples.Length; i++)
        {
            if (plain.Samples[i] == 0)
                continue;
            plainGray.Samples[i] = gray.Samples[i];
            weight.Samples[i] = 1;
        }
        var sum = plainGray.BoxMean(window, window, BorderMode.Zero);
        var share = weight.BoxMean(window, window, BorderMode.Zero);
        var least = 0.5f / (window * window);
        for (var i = 0; i < gray.Samples.Length; i++)
            sum.Samples[i] = share.Samples[i] > least
                ? (sum.Samples[i] / share.Samples[i]) - gray.Samples[i]
                : float.NaN;
        return sum;
    }
}
