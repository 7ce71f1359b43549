namespace Rhytid.Synthesis.Portraits;

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
