using Rhytid.Imaging;

namespace Rhytid.Segmentation.Classical;

/// <summary>Two thresholds (Canny 1986): a weak line counts where it touches a strong one.</summary>
internal static class Hysteresis
{
    /// <summary>The 8-connected parts of {response >= weak} that hold a pixel of {response >= strong}.</summary>
    public static Mask Link(Plane<float> response, Mask searched, float strong, float weak)
    {
        var support = AtLeast(response, searched, weak);
        var (labels, components) = support.Components();
        var seeded = new bool[components.Count + 1];
        var values = response.Samples;
        var label = labels.Samples;
        var to = support.Samples;
        for (var i = 0; i < to.Length; i++)
            if (label[i] != 0 && values[i] >= strong)
                seeded[label[i]] = true;
        for (var i = 0; i < to.Length; i++)
            to[i] = seeded[label[i]] ? Mask.Set : (byte)0;
        return support;
    }

    /// <summary>The searched pixels whose response is positive and reaches a threshold.</summary>
    public static Mask AtLeast(Plane<float> response, Mask searched, float threshold)
    {
        var mask = new Mask(response.Width, response.Height);
        var values = response.Samples;
        var inside = searched.Samples;
        var to = mask.Samples;
        for (var i = 0; i < to.Length; i++)
            to[i] = inside[i] != 0 && values[i] > 0 && values[i] >= threshold ? Mask.Set : (byte)0;
        return mask;
    }
}
