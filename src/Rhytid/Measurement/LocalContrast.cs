using Rhytid.Imaging;

namespace Rhytid.Measurement;

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
