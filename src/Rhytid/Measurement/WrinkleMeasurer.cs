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
