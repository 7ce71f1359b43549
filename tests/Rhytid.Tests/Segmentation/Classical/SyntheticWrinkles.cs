using Rhytid.Faces;
using Rhytid.Imaging;

namespace Rhytid.Tests.Segmentation.Classical;

/// <summary>A face-like picture: shaded, noisy, with six dark curves whose place is known.</summary>
internal sealed class SyntheticWrinkles
{
    public const int Size = 384;

    private static readonly (double Y0, double A, double P, double Width, double Contrast)[] Horizontal =
        [(60, 8, 90, 3, 26), (110, 12, 70, 2, 20), (170, 6, 120, 4, 30), (300, 10, 60, 2.5, 18)];

    private SyntheticWrinkles(Plane<byte> gray, IReadOnlyList<Mask> curves)
    {
        var pixels = new byte[Size * Size];
        gray.Samples.CopyTo(pixels);
        Face = FaceImage.FromAligned(Image.FromPixels(pixels, Size, Size, PixelFormat.Gray));
        Curves = curves;
        Truth = curves.Aggregate((a, b) => a.Or(b));
    }

    public static SyntheticWrinkles Instance { get; } = Make();

    public FaceImage Face { get; }

    public IReadOnlyList<Mask> Curves { get; }

    public Mask Truth { get; }

    public Mask Skin { get; } = Mask.Full(Size, Size);

    public double Iou(Mask predicted) => (double)predicted.And(Truth).Count() / predicted.Or(Truth).Count();

    public double Recall(Mask predicted) => (double)predicted.And(Truth).Count() / Truth.Count();

    private static SyntheticWrinkles Make()
    {
        var gray = Noise(seed: 1).GaussianBlur(1);
        for (var y = 0; y < Size; y++)
            for (var x = 0; x < Size; x++)
                gray[x, y] = (float)(150 + (25 * Math.Sin(x / 160.0)) + (15 * Math.Cos(y / 130.0)) + (6 * gray[x, y]));

        List<Mask> curves = [];
        foreach (var (y0, a, p, w, c) in Horizontal)
            curves.Add(
                Draw(gray, w, c, (x, y) =>
                    x is > 60 and < 330 ? Math.Abs(y - (y0 + (a * Math.Sin(x / p)))) : double.PositiveInfinity));
        foreach (var x0 in new[] { 40, 350 })
            curves.Add(
                Draw(gray, 3, 24, (x, y) =>
                    y is > 200 and < 340 ? Math.Abs(x - (x0 + (4 * Math.Sin(y / 50.0)))) : double.PositiveInfinity));

        var bytes = new Plane<byte>(Size, Size);
        for (var i = 0; i < bytes.Samples.Length; i++)
            bytes.Samples[i] = (byte)Math.Clamp(MathF.Round(gray.Samples[i]), 0, 255);
        return new SyntheticWrinkles(bytes, curves);
    }

    private static Mask Draw(Plane<float> gray, double width, double contrast, Func<int, int, double> distance)
    {
        var truth = new Mask(Size, Size);
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                var d = distance(x, y);
                gray[x, y] -= (float)(contrast * Math.Exp(-d * d / (width * width / 2)));
                truth[x, y] = d <= (width / 2) + 0.5;
            }
        }
        return truth;
    }

    // Box and Muller's normal deviates.
    private static Plane<float> Noise(int seed)
    {
        var random = new Random(seed);
        var noise = new Plane<float>(Size, Size);
        foreach (ref var value in noise.Samples)
            value = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()))
                * Math.Cos(2 * Math.PI * random.NextDouble()));
        return noise;
    }
}
