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

/// <summary>
/// What a synthetic portrait shows. Whatever is null is drawn from the seed; the same options give the same pixels.
/// </summary>
public sealed record PortraitOptions
{
    /// <summary>Lowest age that can be drawn.</summary>
    public const int MinAge = 18;

    /// <summary>Highest age that can be drawn.</summary>
    public const int MaxAge = 90;

    /// <summary>Smallest side in pixels; below it a wrinkle is thinner than a pixel.</summary>
    public const int MinSize = 128;

    /// <summary>Largest side in pixels.</summary>
    public const int MaxSize = 4096;

    /// <summary>Chooses everything that is not given.</summary>
    public int Seed { get; init; }

    /// <summary>Years, <see cref="MinAge"/> to <see cref="MaxAge"/>: wrinkles, grey hair, spots, sagging.</summary>
    public int? Age { get; init; }

    /// <summary>Colour of the skin.</summary>
    public SkinTone? Tone { get; init; }

    /// <summary>How the hair is worn.</summary>
    public HairStyle? Hair { get; init; }

    /// <summary>Side of the square picture in pixels; 1024 unless told.</summary>
    public int Size { get; init; } = 1024;

    /// <summary>
    /// Where the main light stands, in degrees: negative = left of the picture, 0 = behind the camera; at most 60
    /// either way.
    /// </summary>
    public float? LightDegrees { get; init; }

    /// <summary>Tilt of the head towards a shoulder in degrees, clockwise; at most 15 either way.</summary>
    public float? TiltDegrees { get; init; }

    /// <summary>Distance of the eyes as a share of the picture's width, 0.12 to 0.22.</summary>
    public float? EyeDistance { get; init; }

    /// <summary>Standard deviation of the camera's noise in grey levels, 0 to 20.</summary>
    public float? SensorNoise { get; init; }

    internal void Validate()
    {
        Require(Size is >= MinSize and <= MaxSize, nameof(Size), $"{Size} is not {MinSize} to {MaxSize} pixels");
        Require(Age is null or (>= MinAge and <= MaxAge), nameof(Age), $"{Age} is not {MinAge} to {MaxAge} years");
        Require(Tone is null || Enum.IsDefined(Tone.Value), nameof(Tone), $"{Tone} is no skin tone");
        Require(Hair is null || Enum.IsDefined(Hair.Value), nameof(Hair), $"{Hair} is no hair style");
        Require(
            LightDegrees is null or (>= -60 and <= 60), nameof(LightDegrees),
            $"{LightDegrees} is not -60 to 60 degrees");
        Require(
            TiltDegrees is null or (>= -15 and <= 15), nameof(TiltDegrees), $"{TiltDegrees} is not -15 to 15 degrees");
        Require(
            EyeDistance is null or (>= 0.12f and <= 0.22f), nameof(EyeDistance),
            $"{EyeDistance} is not 0.12 to 0.22 of the width");
        Require(
            SensorNoise is null or (>= 0 and <= 20), nameof(SensorNoise), $"{SensorNoise} is not 0 to 20 grey levels");
    }

    private static void Require(bool holds, string name, string message)
    {
        if (!holds)
            throw new ArgumentException(message, name);
    }
}

/// <summary>A synthetic portrait and everything that is known about it.</summary>
/// <param name="Image">The picture.</param>
/// <param name="WrinkleMask">The pixels that lie in a wrinkle at half its own depth or more.</param>
/// <param name="WrinkleRegions">The same pixels, each with the number of its <see cref="WrinkleRegion"/>; 0
/// elsewhere.</param>
/// <param name="SkinMask">Visible skin of face and nose: no eyes, brows, lips, nostrils, hair, neck or ears.</param>
/// <param name="PartLabels">The part that every pixel shows, numbered as <see cref="Faces.Parsing.FaceParts"/>;
/// glasses, jewellery, hats and an open mouth never occur.</param>
/// <param name="Landmarks">Exact middles of the eyes and corners of the mouth.</param>
/// <param name="Age">Years that the portrait shows.</param>
/// <param name="Tone">Colour of the skin.</param>
/// <param name="Hair">How the hair is worn.</param>
public sealed record Portrait(
    Image Image, Mask WrinkleMask, Plane<byte> WrinkleRegions, Mask SkinMask, Plane<byte> PartLabels,
    FaceLandmarks Landmarks, int Age, SkinTone Tone, HairStyle Hair)
{
    /// <summary>
    /// The face cut out as FFHQ cuts it, by the exact landmarks; masks and labels by nearest neighbour.
    /// </summary>
    /// <param name="size">Side of the square in pixels.</param>
    public Portrait Align(int size)
    {
        var cut = FaceAlignment.Cut(Image, Landmarks, size);
        var regions = Warp(WrinkleRegions);
        return this with
        {
            Image = cut.Image,
            WrinkleMask = Mask.Where(regions, code => code != 0),
            WrinkleRegions = regions,
            SkinMask = Mask.Where(Warp(SkinMask.AsPlane()), level => level != 0),
            PartLabels = Warp(PartLabels),
            Landmarks = cut.Landmarks,
        };

        Plane<byte> Warp(Plane<byte> plane) =>
            plane.Warp(size, size, cut.FaceToPhoto, Interpolation.Nearest, BorderMode.Reflect);
    }
}

/// <summary>How the hair of a synthetic portrait is worn.</summary>
public enum HairStyle
{
    /// <summary>Short, combed back and to one side.</summary>
    Combed,

    /// <summary>A few millimetres all over.</summary>
    Cropped,

    /// <summary>Parted, down to the jaw.</summary>
    Bob,

    /// <summary>Parted, down to the shoulders.</summary>
    Flowing,

    /// <summary>Drawn back tightly.</summary>
    TiedBack,

    /// <summary>Short curls all around.</summary>
    Curly,

    /// <summary>Short, with high temples.</summary>
    Receding,

    /// <summary>A fringe above the ears only.</summary>
    Bald,
}

/// <summary>Skin tones from light to very dark, about Fitzpatrick's six types.</summary>
public enum SkinTone
{
    /// <summary>Very light, reddens easily (type I).</summary>
    Pale,

    /// <summary>Light (type II).</summary>
    Light,

    /// <summary>Light to olive (type III).</summary>
    Medium,

    /// <summary>Light brown (type IV).</summary>
    Tan,

    /// <summary>Brown (type V).</summary>
    Brown,

    /// <summary>Very dark (type VI).</summary>
    Dark,
}
