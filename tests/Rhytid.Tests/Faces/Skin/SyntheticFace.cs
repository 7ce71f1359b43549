using System.Numerics;
using Rhytid.Faces;
using Rhytid.Imaging;

namespace Rhytid.Tests.Faces.Skin;

/// <summary>
/// A drawn face in FFHQ's proportions: head, hair, brows, eyes, lips, neck, clothes, and what its skin is.
/// </summary>
internal static class SyntheticFace
{
    public static readonly Rgb FairSkin = new(232, 190, 168);
    public static readonly Rgb MediumSkin = new(186, 132, 96);
    public static readonly Rgb DarkSkin = new(96, 62, 44);
    public static readonly Rgb GraySkin = new(170, 170, 170);

    /// <summary>Draws the face.</summary>
    /// <param name="side">Side in pixels.</param>
    /// <param name="skinColor">Mean colour of the skin.</param>
    /// <param name="coverColor">Colour of a surgical mask, or null for none.</param>
    public static (Image Image, Mask Skin) Draw(int side, Rgb skinColor, Rgb? coverColor = null)
    {
        var image = new Image(side, side);
        Fill(image, new Rgb(86, 120, 150));
        Ellipse(image, 0.5f, 1.0f, 0.42f, 0.16f, new Rgb(60, 70, 110));
        Rectangle(image, 0.39f, 0.75f, 0.61f, 0.95f, skinColor);
        Ellipse(image, 0.5f, 0.42f, 0.30f, 0.36f, new Rgb(36, 26, 22));
        Ellipse(image, 0.5f, 0.55f, 0.235f, 0.345f, skinColor);

        var skin = new Mask(side, side);
        skin.FillEllipse(At(side, 0.5f, 0.55f), At(side, 0.235f, 0.345f));
        foreach (var x in (ReadOnlySpan<float>)[0.378f, 0.622f])
        {
            Part(image, skin, x, 0.415f, 0.065f, 0.013f, new Rgb(44, 32, 28));
            Part(image, skin, x, 0.478f, 0.045f, 0.020f, new Rgb(228, 228, 226));
            Part(image, skin, x, 0.478f, 0.018f, 0.018f, new Rgb(40, 28, 24));
        }
        Part(image, skin, 0.5f, 0.735f, 0.105f, 0.035f, new Rgb(
            (byte)(skinColor.Red * 0.8), (byte)(skinColor.Green * 0.45), (byte)(skinColor.Blue * 0.5)));
        if (coverColor is { } cover)
            Part(image, skin, 0.5f, 0.74f, 0.21f, 0.18f, cover);
        AddNoise(image);
        return (image, skin);
    }

    public static double IntersectionOverUnion(Mask a, Mask b) =>
        (double)a.And(b).Count() / Math.Max(1, a.Or(b).Count());

    private static Vector2 At(int side, float x, float y) => new(x * side, y * side);

    private static void Ellipse(Image image, float x, float y, float radiusX, float radiusY, Rgb color) =>
        image.DrawEllipse(At(image.Width, x, y), At(image.Width, radiusX, radiusY), 0, color, thickness: -1);

    private static void Rectangle(Image image, float left, float top, float right, float bottom, Rgb color) =>
        image.FillPolygon(
            [At(image.Width, left, top), At(
                image.Width, right, top), At(image.Width, right, bottom), At(image.Width, left, bottom)],
            color);

    private static void Part(Image image, Mask skin, float x, float y, float radiusX, float radiusY, Rgb color)
    {
        Ellipse(image, x, y, radiusX, radiusY, color);
        skin.FillEllipse(At(image.Width, x, y), At(image.Width, radiusX, radiusY), value: false);
    }

    private static void Fill(Image image, Rgb color)
    {
        var samples = image.Samples;
        for (var i = 0; i < samples.Length; i += 3)
            (samples[i], samples[i + 1], samples[i + 2]) = (color.Red, color.Green, color.Blue);
    }

    // A photo is never flat; the seed is fixed, so every run draws the same face.
    private static void AddNoise(Image image)
    {
        var random = new Random(7);
        foreach (ref var sample in image.Samples)
            sample = (byte)Math.Clamp(sample + random.Next(-6, 7), 0, 255);
    }
}
