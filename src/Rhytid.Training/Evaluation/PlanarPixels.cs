using Rhytid.Imaging;

namespace Rhytid.Training.Evaluation;

/// <summary>The bytes of packs and stored examples as pictures and masks. Needs no OpenCV.</summary>
internal static class PlanarPixels
{
    /// <summary>A picture of planes of red, green and blue.</summary>
    /// <param name="planes">3 x H x W.</param>
    /// <param name="size">H and W.</param>
    public static Image ToImage(ReadOnlySpan<byte> planes, int size)
    {
        var image = new Image(size, size);
        var pixels = image.Samples;
        var count = size * size;
        for (var i = 0; i < count; i++)
            (pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]) =
                (planes[i], planes[count + i], planes[(2 * count) + i]);
        return image;
    }

    /// <summary>A mask that is set where values are large enough.</summary>
    /// <param name="values">H x W.</param>
    /// <param name="size">H and W.</param>
    /// <param name="least">The smallest value that is set.</param>
    public static Mask ToMask(ReadOnlySpan<byte> values, int size, byte least = 1)
    {
        var mask = new Mask(size, size);
        var samples = mask.Samples;
        for (var i = 0; i < samples.Length; i++)
            samples[i] = values[i] >= least ? Mask.Set : (byte)0;
        return mask;
    }
}
