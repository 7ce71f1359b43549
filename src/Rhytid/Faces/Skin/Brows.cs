using Rhytid.Imaging;

namespace Rhytid.Faces.Skin;

/// <summary>
/// Finds eyebrows that the labelling took for skin because they are grey, fair or thin: dark streaks where the atlas
/// expects brows (black top-hat: closing minus picture).
/// </summary>
internal static class Brows
{
    // Where at least this share of faces, after registration, has brows.
    private const float LeastPrior = 0.25f;

    // Wider than a brow is high, in pixels of the crop, so that the closing removes it.
    private const int ClosingPixels = 33;

    // Darker than the closed picture by this share of its level.
    private const float LeastContrast = 0.10f;

    private const int JoinPixels = 9;
    private const int MarginPixels = 2;

    /// <summary>The brows of a crop.</summary>
    /// <param name="crop">The crop.</param>
    /// <param name="prior">Registered prior probability of brows, on any grid over the crop.</param>
    public static Mask Find(Image crop, Plane<float> prior)
    {
        var gray = crop.ToGray().GaussianBlur(1.0);
        var closed = gray.Close(ClosingPixels, ElementShape.Rectangle);
        var expected = prior.Resize(gray.Width, gray.Height, Interpolation.Linear);
        var brows = new Mask(gray.Width, gray.Height);
        var to = brows.Samples;
        for (var i = 0; i < to.Length; i++)
            if (expected.Samples[i] > LeastPrior && gray.Samples[i] < (1 - LeastContrast) * closed.Samples[i])
                to[i] = Mask.Set;
        // Fair brows show as separate hairs: join them.
        return brows.Close(JoinPixels).Dilate((2 * MarginPixels) + 1);
    }
}
