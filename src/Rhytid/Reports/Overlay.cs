using Rhytid.Imaging;

namespace Rhytid.Reports;

/// <summary>Pictures that show what was found.</summary>
public static class Overlay
{
    /// <summary>The colour of wrinkles unless told.</summary>
    public static Rgb DefaultColor { get; } = new(230, 30, 50);

    /// <summary>How much of a wrinkle's colour covers the photo unless told.</summary>
    public const float DefaultOpacity = 0.7f;

    /// <summary>The photo with its wrinkles coloured and the edge of the searched skin drawn faintly.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="wrinkles">Of the photo's size.</param>
    /// <param name="skin">Of the photo's size; no edge is drawn without it.</param>
    /// <param name="color">Colour of wrinkles.</param>
    /// <param name="opacity">0 (invisible) to 1 (opaque).</param>
    public static Image Draw(
        Image photo, Mask wrinkles, Mask? skin = null, Rgb? color = null, float opacity = DefaultOpacity)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(wrinkles);
        ArgumentOutOfRangeException.ThrowIfNegative(opacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(opacity, 1);
        var overlay = photo.Clone();
        if (skin is not null)
            Blend(overlay, Edge(skin), new Rgb(255, 255, 255), 0.35f);
        Blend(overlay, wrinkles, color ?? DefaultColor, opacity);
        return overlay;
    }

    private static Mask Edge(Mask skin)
    {
        var thickness = Math.Max(1, Math.Max(skin.Width, skin.Height) / 1000);
        return skin.Except(skin.Erode((2 * thickness) + 1));
    }

    private static void Blend(Image image, Mask where, Rgb color, float opacity)
    {
        if (where.Width != image.Width || where.Height != image.Height)
            throw new ArgumentException(
                $"the mask has {where.Width} x {where.Height} pixels, the photo {image.Width} x {image.Height}",
                nameof(where));
        var pixels = image.Samples;
        var mask = where.Samples;
        for (var i = 0; i < mask.Length; i++)
        {
            if (mask[i] == 0)
                continue;
            pixels[3 * i] = Mix(pixels[3 * i], color.Red);
            pixels[(3 * i) + 1] = Mix(pixels[(3 * i) + 1], color.Green);
            pixels[(3 * i) + 2] = Mix(pixels[(3 * i) + 2], color.Blue);
        }

        byte Mix(byte under, byte over) => (byte)MathF.Round((under * (1 - opacity)) + (over * opacity));
    }
}
