using Rhytid.Imaging;

namespace Rhytid.Segmentation;

/// <summary>How wrinkle-like each pixel is, and how to decide.</summary>
/// <remarks>
/// A plain map is cut at a threshold. Methods that link, track or filter lines override <see cref="ToMask"/>.
/// </remarks>
public class WrinkleMap
{
    /// <summary>A map with the threshold its method recommends.</summary>
    public WrinkleMap(Plane<float> values, float defaultThreshold)
    {
        Values = values;
        DefaultThreshold = defaultThreshold;
    }

    /// <summary>
    /// 0 (not a wrinkle) to 1, one value per pixel of the face image: a network's probability or a filter's scaled
    /// response.
    /// </summary>
    public Plane<float> Values { get; }

    /// <summary>The threshold used where the user gives none, in the units of <see cref="Values"/>.</summary>
    public float DefaultThreshold { get; }

    /// <summary>Decides which pixels are wrinkle.</summary>
    /// <param name="threshold">0 to 1; a higher one finds less. <see cref="DefaultThreshold"/> unless given.</param>
    public virtual WrinkleMask ToMask(float? threshold = null)
    {
        var cut = threshold ?? DefaultThreshold;
        return new WrinkleMask(Mask.Where(Values, value => value >= cut && value > 0));
    }
}
