namespace Rhytid.Faces.Skin;

/// <summary>
/// Tells a covered lower face (surgical mask, scarf, dense dark beard) from a bare one: its colour is not that of the
/// skin around the eyes.
/// </summary>
internal sealed class FaceCovering
{
    // Shares of the crop's height: the skin around the eyes, and the lower face.
    private const float EyeRegionTop = 0.41f;
    private const float EyeRegionBottom = 0.53f;
    private const float LowerFaceTop = 0.60f;
    private const float LowerFaceBottom = 0.85f;

    // The covering's upper edge, and how sharply it is known.
    private const float EdgeSoftness = 0.012f;

    private const float SurelySkin = 0.7f;
    private const int LeastPlacesPerMillion = 3000;

    // Light falls off towards the chin, so lightness has to differ much more than colour does.
    private const float LeastLightnessDeviation = 12;
    private const float LeastChromaDeviation = 5;
    private const float LightnessImportance = 0.5f;
    private const float LeastSquaredDistance = 16;
    private const float LeastShareOfLowerFace = 0.4f;

    private const float PriorProbability = 0.5f;
    private const float MadToDeviation = 1.48f;

    private FaceCovering(float[] seeds) => Seeds = seeds;

    /// <summary>1 where the covering certainly is, 0 elsewhere.</summary>
    public float[] Seeds { get; }

    /// <summary>Looks for a covering.</summary>
    /// <param name="features">The crop's measurements.</param>
    /// <param name="priors">The atlas on the same grid.</param>
    /// <returns>Null where the lower face has the colour of the eye region.</returns>
    public static FaceCovering? Detect(FaceFeatures features, float[][] priors)
    {
        var skin = priors[(int)FaceClass.Skin];
        var eyeRegion = new List<int>();
        var lowerFace = new List<int>();
        for (var i = 0; i < skin.Length; i++)
        {
            if (skin[i] <= SurelySkin)
                continue;
            var y = ShareOfHeight(features, i);
            if (y is > EyeRegionTop and < EyeRegionBottom)
                eyeRegion.Add(i);
            else if (y is > LowerFaceTop and < LowerFaceBottom)
                lowerFace.Add(i);
        }
        var least = Math.Max(1, (long)skin.Length * LeastPlacesPerMillion / 1_000_000);
        if (eyeRegion.Count < least || lowerFace.Count < least)
            return null;

        var colors = new (float Center, float Deviation)[]
        {
            Robust(features.Values[FaceFeatures.Lightness], eyeRegion, LeastLightnessDeviation),
            Robust(features.Values[FaceFeatures.GreenRed], eyeRegion, LeastChromaDeviation),
            Robust(features.Values[FaceFeatures.BlueYellow], eyeRegion, LeastChromaDeviation),
        };
        var seeds = new float[skin.Length];
        foreach (var i in lowerFace)
            if (SquaredDistance(features, i, colors) > LeastSquaredDistance)
                seeds[i] = 1;
        return seeds.Sum() > LeastShareOfLowerFace * lowerFace.Count ? new FaceCovering(seeds) : null;
    }

    /// <summary>How much of the skin's and the lips' prior at a place goes to the covering.</summary>
    /// <param name="y">Row of the place in shares of the crop's height.</param>
    public static float ShareAt(float y) =>
        PriorProbability / (1 + MathF.Exp((EyeRegionBottom - y) / EdgeSoftness));

    private static float ShareOfHeight(FaceFeatures features, int place) => (features.Y[place] + 1) / 2;

    private static float SquaredDistance(FaceFeatures features, int place, (float Center, float Deviation)[] colors)
    {
        var sum = 0f;
        for (var f = 0; f < colors.Length; f++)
        {
            var z = (features.Values[f][place] - colors[f].Center) / colors[f].Deviation;
            sum += z * z * (f == FaceFeatures.Lightness ? LightnessImportance : 1);
        }
        return sum;
    }

    private static (float Center, float Deviation) Robust(float[] values, List<int> places, float leastDeviation)
    {
        var center = Median(places.Select(i => values[i]));
        var deviation = MadToDeviation * Median(places.Select(i => Math.Abs(values[i] - center)));
        return (center, Math.Max(deviation, leastDeviation));
    }

    private static float Median(IEnumerable<float> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
