using System.Numerics;
using Rhytid.Faces;
using Rhytid.Imaging;

namespace Rhytid.Synthesis.Portraits;

/// <summary>
/// Draws portraits of people who do not exist, with the exact mask of their wrinkles: for tests, demonstrations and
/// training without anybody's photo. A portrait is computed from its options alone, by shading analytic shapes and
/// noise; the same options give the same pixels on one machine, whatever its number of threads.
/// </summary>
public static class PortraitSynthesizer
{
    /// <summary>Largest side of an aligned face.</summary>
    public const int MaxAlignedSize = PortraitOptions.MaxSize * 2 / 3;

    // Share of a pixel from which on hair, or the blurred hairs of a brow, hide the skin.
    internal const float HairCover = 0.35f;
    internal const float BrowCover = 0.2f;

    /// <summary>Draws one portrait.</summary>
    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public static Portrait Draw(PortraitOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var person = new Person(options);
        var face = new Face(person, options.Size);
        var canvas = new Canvas(options.Size);
        var hair = new HairPainter(face);
        var body = new BodyPainter(face);
        var hairCover = new Plane<float>(options.Size, options.Size);
        var browCover = new Plane<float>(options.Size, options.Size);

        // Back to front.
        new BackgroundPainter(person).Paint(canvas);
        hair.PaintBehind(canvas);
        body.PaintBody(canvas);
        body.PaintEars(canvas);
        new FacePainter(face).Paint(canvas);
        new BrowPainter(face).Paint(canvas, browCover);
        new EyePainter(face).Paint(canvas);
        hair.PaintFront(canvas, hairCover);

        // A brow is where its hairs stand, not each hair by itself.
        browCover = browCover.GaussianBlur(0.012 * face.Frame.Scale);
        var skin = SkinMask(canvas, face, hairCover, browCover);
        var regions = VisibleWrinkles(face.Grooves.Regions, skin);
        return new Portrait(Camera.Develop(canvas, person), Mask.Where(regions, code => code != 0), regions, skin,
            new PartLabeler(face, hairCover, browCover).Label(canvas),
                Landmarks(face), person.Age, person.Tone, person.Hair);
    }

    /// <summary>
    /// Draws one portrait and cuts the face out as FFHQ does; <see cref="PortraitOptions.Size"/> is the square's side.
    /// </summary>
    /// <exception cref="ArgumentException">An option lies outside its range, or the side exceeds
    /// <see cref="MaxAlignedSize"/>.</exception>
    public static Portrait DrawAligned(PortraitOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (options.Size > MaxAlignedSize)
            throw new ArgumentException(
                $"{options.Size} is not {PortraitOptions.MinSize} to {MaxAlignedSize} pixels", nameof(options));
        // The square is about two thirds of a portrait: drawn larger by as much, its pixels are not enlarged.
        return Draw(options with { Size = options.Size * 3 / 2 }).Align(options.Size);
    }

    private static Mask SkinMask(Canvas canvas, Face face, Plane<float> hair, Plane<float> brows)
    {
        var mask = new Mask(canvas.Size, canvas.Size);
        canvas.ForRows(y =>
        {
            for (var x = 0; x < canvas.Size; x++)
                mask[x, y] = hair[x, y] < HairCover
                    && brows[x, y] < BrowCover
                    && IsSkin(face, face.Frame.ToFace(new Vector2(x + 0.5f, y + 0.5f)));
        });
        return mask;
    }

    private static bool IsSkin(Face face, Vector2 p) =>
        face.Cover(p.X, p.Y) >= 0.5f
        && (p.X < 0 ? face.LeftBrow : face.RightBrow).Density(p.X, p.Y) <= 0
        // The margins of the lids carry the lashes.
        && (p.X < 0 ? face.LeftEye : face.RightEye).Inside(p.X, p.Y) < -0.016f
        && face.Mouth.Inside(p.X, p.Y) < 0
        && face.Nose.Nostril(p.X, p.Y) < -0.1f;

    private static Plane<byte> VisibleWrinkles(Plane<byte> regions, Mask skin)
    {
        var visible = regions.Clone();
        for (var i = 0; i < visible.Samples.Length; i++)
            if (skin.Samples[i] == 0)
                visible.Samples[i] = 0;
        return visible;
    }

    private static FaceLandmarks Landmarks(Face face) => new(
        face.Frame.ToPixel(face.LeftEye.Center), face.Frame.ToPixel(face.RightEye.Center),
        face.Frame.ToPixel(face.Mouth.Corner(-1)), face.Frame.ToPixel(face.Mouth.Corner(1)));
}
