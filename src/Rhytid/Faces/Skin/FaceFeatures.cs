using Rhytid.Imaging;

namespace Rhytid.Faces.Skin;

/// <summary>
/// What is measured at each place of a coarse grid over the crop: colour in CIE L*a*b* and fine contrast.
/// </summary>
internal sealed class FaceFeatures
{
    /// <summary>Measurements per place.</summary>
    public const int Count = 4;

    /// <summary>Index of the lightness L*, 0 to 100.</summary>
    public const int Lightness = 0;

    /// <summary>Index of a*, green to red.</summary>
    public const int GreenRed = 1;

    /// <summary>Index of b*, blue to yellow.</summary>
    public const int BlueYellow = 2;

    /// <summary>Index of the fine contrast: hair has more of it than wrinkled skin.</summary>
    public const int Contrast = 3;

    // In pixels of the 512-pixel crop.
    private const double ContrastSigmaPixels = 1.5;

    // Below this contrast (in L*) noise and compression decide: the logarithm levels off there.
    private const float ContrastFloor = 0.3f;

    // Brings the logarithm of the contrast to the spread that colours have.
    private const float ContrastScale = 8;

    private FaceFeatures(int gridSize, float[][] values)
    {
        GridSize = gridSize;
        Values = values;
        (X, Y) = (new float[gridSize * gridSize], new float[gridSize * gridSize]);
        for (var i = 0; i < X.Length; i++)
        {
            X[i] = (((i % gridSize) + 0.5f) / gridSize * 2) - 1;
            Y[i] = (((i / gridSize) + 0.5f) / gridSize * 2) - 1;
        }
    }

    /// <summary>Side of the grid in places.</summary>
    public int GridSize { get; }

    /// <summary>[measurement][place], row by row.</summary>
    public float[][] Values { get; }

    /// <summary>Column of each place, -1 (left edge) to 1.</summary>
    public float[] X { get; }

    /// <summary>Row of each place, -1 (top edge) to 1.</summary>
    public float[] Y { get; }

    /// <summary>Measures a crop.</summary>
    public static FaceFeatures Measure(Image crop, int gridSize)
    {
        var (l, a, b) = crop.ToLab();
        var lightness = l.ToFloat();
        foreach (ref var value in lightness.Samples)
            value *= 100f / byte.MaxValue;

        return new FaceFeatures(gridSize,
        [
            OnGrid(lightness, gridSize),
            Centered(OnGrid(a.ToFloat(), gridSize)),
            Centered(OnGrid(b.ToFloat(), gridSize)),
            FineContrast(lightness, gridSize),
        ]);
    }

    private static float[] FineContrast(Plane<float> lightness, int gridSize)
    {
        var smooth = lightness.GaussianBlur(ContrastSigmaPixels).Samples;
        var detail = lightness.Clone();
        var samples = detail.Samples;
        for (var i = 0; i < samples.Length; i++)
            samples[i] = Math.Abs(samples[i] - smooth[i]);

        var contrast = detail.Resize(gridSize, gridSize).GaussianBlur(gridSize / 128.0).Samples.ToArray();
        for (var i = 0; i < contrast.Length; i++)
            contrast[i] = ContrastScale * MathF.Log(contrast[i] + ContrastFloor);
        return contrast;
    }

    private static float[] OnGrid(Plane<float> plane, int gridSize) =>
        plane.Resize(gridSize, gridSize).Samples.ToArray();

    private static float[] Centered(float[] chroma) => Array.ConvertAll(chroma, value => value - 128);
}
