using Rhytid.Imaging;

namespace Rhytid.Faces.Skin;

/// <summary>Finds the nostrils: small spots under the nose, much darker than the skin around them.</summary>
internal static class Nostrils
{
    // The tip of the nose in the aligned frame, in shares of the crop's side.
    private const float Left = 0.42f;
    private const float Right = 0.58f;
    private const float Top = 0.575f;
    private const float Bottom = 0.68f;

    // Darker than this share of the region's median grey level.
    private const float DarkShare = 0.5f;

    // A larger dark area is a shadow or a moustache, not a nostril.
    private const float LargestAreaShare = 0.0018f;

    private const int MarginPixels = 4;

    /// <summary>The nostrils of a crop.</summary>
    public static Mask Find(Image crop)
    {
        var gray = crop.ToGray();
        var size = gray.Width;
        var (left, right, top, bottom) =
            ((int)(Left * size), (int)(Right * size), (int)(Top * size), (int)(Bottom * size));
        var threshold = DarkShare * MedianLevel(gray, left, right, top, bottom);

        var dark = new Mask(size, size);
        for (var y = top; y < bottom; y++)
            for (var x = left; x < right; x++)
                dark[x, y] = gray[x, y] < threshold;
        return SkinMaskCleaning.KeepComponents(dark, area => area <= LargestAreaShare * size * size)
            .Dilate((2 * MarginPixels) + 1);
    }

    private static byte MedianLevel(Plane<byte> gray, int left, int right, int top, int bottom)
    {
        var levels = new List<byte>((right - left) * (bottom - top));
        for (var y = top; y < bottom; y++)
            levels.AddRange(gray.Row(y)[left..right]);
        levels.Sort();
        return levels[levels.Count / 2];
    }
}
