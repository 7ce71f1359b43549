using System.Numerics;
using Rhytid.Faces;
using Rhytid.Imaging;
using Rhytid.Synthesis.Portraits;

namespace Rhytid.Synthesis.Wrinkles;

/// <summary>
/// Paints wrinkles onto the skin of a photo, with their exact mask: grooves with a dark valley and lit rims, relit by
/// the photo's own light. See docs/explanation/synthetic-wrinkles.md. Safe to use from many threads.
/// </summary>
/// <param name="curves">Courses of real wrinkles; made-up ones alone unless given.</param>
public sealed class WrinklePainter(WrinkleCurves? curves = null)
{
    // A valley cannot be seen that is narrower than this many pixels, or than this multiple of the photo's blur.
    private const float LeastWidthPixels = 1.2f, LeastWidthPerBlur = 2;

    // A wrinkle that lies under hair or glasses for the most part is left out.
    private const float LeastShareOnSkin = 0.4f;

    // Over this way from the skin's edge the paint fades, in eye distances.
    private const float Fade = 0.025f;

    /// <summary>Paints one picture.</summary>
    /// <param name="photo">Not changed.</param>
    /// <param name="landmarks">Eyes and mouth of its face.</param>
    /// <param name="skin">Its skin, of the photo's size.</param>
    /// <param name="seed">Chooses the wrinkles.</param>
    /// <param name="options">Age, strength, regions; the usual ones unless given.</param>
    /// <exception cref="ArgumentException">An option lies outside its range, or there is no face where the landmarks
    /// are.</exception>
    public WrinkledFace Paint(
        Image photo, FaceLandmarks landmarks, Mask skin, int seed, WrinklePaintOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(photo);
        ArgumentNullException.ThrowIfNull(landmarks);
        ArgumentNullException.ThrowIfNull(skin);
        options ??= new WrinklePaintOptions();
        options.Validate();

        var frame = new FaceFrame(MouthOnSkin.Refine(landmarks, skin));
        var window = FaceWindow.Create(frame, photo.Width, photo.Height);
        var part = photo.Crop(window.Bounds);
        var gray = part.ToGray().ToFloat();
        var ownSkin = PlainSkin.Find(window.Crop(skin), gray, frame.Scale);
        var light = PhotoLight.Estimate(SkinPaint.Luminance(part), ownSkin, window);
        var sharpness = PhotoSharpness.Measure(gray, ownSkin);

        var leastWidth = MathF.Max(LeastWidthPixels, LeastWidthPerBlur * sharpness.BlurPixels) / frame.Scale;
        var turn = HeadTurn.Estimate(ownSkin, window);
        var lines =
            WrinklePlan.Create(seed, options, curves, leastWidth)
                .Where(line => turn.Shows(line.Line) && IsOnSkin(line.Line, window, ownSkin))
                .ToList();
        var grooves = GrooveMap.Draw(
            [.. lines.Select(line => line.Line)], window.ToPixel, frame.Scale, part.Width, part.Height);
        var cover = Cover(ownSkin, Fade * frame.Scale);

        var painted = photo.Clone();
        SkinPaint.Apply(
            painted, window, GrooveShading.Factors(grooves, window, light, sharpness.BlurPixels, seed), cover,
            sharpness.NoiseLevels, seed);
        return new WrinkledFace(
            painted, WrinkleMask(grooves, cover, window, photo), skin,
            [.. lines.Select(line => PaintedWrinkle.From(line, frame))]);
    }

    private static bool IsOnSkin(WrinkleLine line, FaceWindow window, Mask skin)
    {
        var on = line.Points.Select(window.ToPixel).Count(pixel =>
            pixel.X >= 0
                && pixel.Y >= 0
                && pixel.X < skin.Width
                && pixel.Y < skin.Height
                && skin[(int)pixel.X, (int)pixel.Y]);
        return on >= LeastShareOnSkin * line.Points.Length;
    }

    // 0 at the skin's edge and outside, 1 well inside.
    private static Plane<float> Cover(Mask skin, float fadePixels)
    {
        var cover = skin.Distance();
        for (var i = 0; i < cover.Samples.Length; i++)
            cover.Samples[i] = Curves.Step(0, MathF.Max(2, fadePixels), cover.Samples[i]);
        return cover;
    }

    // The rule: no farther from a painted line than half its width there, where the line has 30 % of its depth or more
    // and the paint at least half of its strength.
    private static Mask WrinkleMask(GrooveMap grooves, Plane<float> cover, FaceWindow window, Image photo)
    {
        var mask = new Mask(photo.Width, photo.Height);
        for (var y = 0; y < cover.Height; y++)
            for (var x = 0; x < cover.Width; x++)
                if (grooves.Regions[x, y] != 0 && cover[x, y] >= 0.5f)
                    mask[window.Bounds.X + x, window.Bounds.Y + y] = true;
        return mask;
    }
}
