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

/// <summary>What is painted onto a photo. The same options, seed and photo give the same pixels.</summary>
public sealed record WrinklePaintOptions
{
    /// <summary>Weakest <see cref="Strength"/>.</summary>
    public const float MinStrength = 0.1f;

    /// <summary>Strongest <see cref="Strength"/>.</summary>
    public const float MaxStrength = 2;

    /// <summary>
    /// How old the wrinkles are, in years (<see cref="PortraitOptions.MinAge"/> to
    /// <see cref="PortraitOptions.MaxAge"/>); drawn from the seed, 45 to 85, unless given.
    /// </summary>
    public int? Age { get; init; }

    /// <summary>Depth of all wrinkles as a multiple of what their age has; 1 unless told.</summary>
    public float Strength { get; init; } = 1;

    /// <summary>Where wrinkles may be painted; everywhere unless told.</summary>
    public IReadOnlyList<WrinkleRegion> Regions { get; init; } = Enum.GetValues<WrinkleRegion>();

    internal void Validate()
    {
        if (Age is < PortraitOptions.MinAge or > PortraitOptions.MaxAge)
            throw new ArgumentException(
                $"{Age} is not {PortraitOptions.MinAge} to {PortraitOptions.MaxAge} years", nameof(Age));
        if (Strength is not (>= MinStrength and <= MaxStrength))
            throw new ArgumentException($"{Strength} is not {MinStrength} to {MaxStrength}", nameof(Strength));
        if (Regions.Count == 0 || Regions.Any(region => !Enum.IsDefined(region)))
            throw new ArgumentException("name one region or more", nameof(Regions));
    }
}

/// <summary>A photo with painted wrinkles and everything that is known about them.</summary>
/// <param name="Image">The photo, changed only on its skin.</param>
/// <param name="WrinkleMask">The pixels of the painted valleys.</param>
/// <param name="SkinMask">The skin that could be painted on.</param>
/// <param name="Wrinkles">What was painted.</param>
public sealed record WrinkledFace(Image Image, Mask WrinkleMask, Mask SkinMask, IReadOnlyList<PaintedWrinkle> Wrinkles);

/// <summary>A wrinkle as it was painted, in pixels of the photo (the first pixel's centre is (0.5, 0.5)).</summary>
/// <param name="Region">Where it lies.</param>
/// <param name="Source">Whose course it has: the name of a mask of real wrinkles, or <c>family</c> for a made-up
/// one.</param>
/// <param name="Points">Its course.</param>
/// <param name="WidthsPixels">Width of its dark valley at each point.</param>
/// <param name="Depths">Depth at each point, 0 = none to 1 = a deep fold.</param>
public sealed record PaintedWrinkle(
    WrinkleRegion Region, string Source, IReadOnlyList<Vector2> Points, IReadOnlyList<float> WidthsPixels,
    IReadOnlyList<float> Depths)
{
    private float[] _profiles = [];

    /// <summary>Depth at a point as a share of the line's own.</summary>
    internal float ProfileAt(int point) => _profiles[point];

    internal static PaintedWrinkle From(PlannedLine planned, FaceFrame frame)
    {
        var line = planned.Line;
        var points = Array.ConvertAll(line.Points, frame.ToPixel);
        var lengths = new float[points.Length];
        for (var i = 1; i < points.Length; i++)
            lengths[i] = lengths[i - 1] + Vector2.Distance(points[i - 1], points[i]);
        var profiles = Array.ConvertAll(lengths, length => line.ProfileAt(length / lengths[^1], length / frame.Scale));
        return new PaintedWrinkle(line.Region, planned.Source, points,
            Array.ConvertAll(profiles, profile => line.WidthAt(profile) * frame.Scale),
                Array.ConvertAll(profiles, profile => line.Depth * profile)) { _profiles = profiles };
    }
}
