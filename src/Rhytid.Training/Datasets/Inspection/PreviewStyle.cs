using Rhytid.Imaging;

namespace Rhytid.Training.Datasets.Inspection;

/// <summary>Colours and distances of contact sheets.</summary>
internal static class PreviewStyle
{
    public const int Margin = 16;
    public const int Gap = 3;
    public const int CaptionBand = 24;
    public const int TitleBand = 40;
    public const float TitleHeight = 10;
    public const float CaptionHeight = 8;

    /// <summary>What is left of a photo's brightness where pixels do not count.</summary>
    public const float Dimmed = 0.35f;

    /// <summary>How much of the skin's colour covers an unlabelled photo.</summary>
    public const float SkinOpacity = 0.3f;

    public static Rgb Paper { get; } = new(24, 26, 30);

    public static Rgb Empty { get; } = new(40, 43, 49);

    public static Rgb Ink { get; } = new(232, 234, 238);

    public static Rgb FaintInk { get; } = new(150, 156, 166);

    public static Rgb Truth { get; } = new(40, 255, 90);

    public static Rgb Skin { get; } = new(70, 150, 255);
}
