using Rhytid.Imaging;

namespace Rhytid.Training.Plots;

/// <summary>Colours and sizes that all plots share.</summary>
internal static class PlotStyle
{
    public const float TitleHeight = 10;
    public const float LabelHeight = 8;

    public static Rgb Paper { get; } = new(255, 255, 255);

    public static Rgb Ink { get; } = new(40, 44, 52);

    public static Rgb FaintInk { get; } = new(105, 112, 124);

    public static Rgb Grid { get; } = new(228, 231, 236);

    public static Rgb Bar { get; } = new(74, 124, 178);

    public static Rgb Accent { get; } = new(214, 96, 30);
}
