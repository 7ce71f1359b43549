using System.Globalization;
using Rhytid.Synthesis.Portraits;
using Rhytid.Torch;

namespace Rhytid.Training.Augmentation;

/// <summary>
/// Makes a photo brighter or darker, of more or less contrast, of stronger or weaker colours, in this order: factors
/// are drawn uniformly around 1. Contrast turns about the mean grey, saturation about each pixel's grey (weights 0.299,
/// 0.587, 0.114).
/// </summary>
public sealed record ColorJitter : PixelOperation
{
    private const int Levels = 255;
    private static readonly float[] Gray = [0.299f, 0.587f, 0.114f];

    /// <inheritdoc/>
    public override string Name => "color-jitter";

    /// <summary>Furthest that the factor of brightness is from 1.</summary>
    public double Brightness { get; init; } = 0.5;

    /// <summary>Furthest that the factor of contrast is from 1.</summary>
    public double Contrast { get; init; } = 0.5;

    /// <summary>Furthest that the factor of saturation is from 1.</summary>
    public double Saturation { get; init; } = 0.5;

    /// <inheritdoc/>
    public override string Magnitudes =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"brightness {Brightness:0.##}, contrast {Contrast:0.##}, saturation {Saturation:0.##}");

    internal override Tensor Apply(Tensor photo, ref SeededRandom random)
    {
        var brightness = Factor(Brightness, ref random);
        var contrast = Factor(Contrast, ref random);
        var saturation = Factor(Saturation, ref random);
        photo = (photo * brightness).Clamp(0, Levels);
        var mean = GrayOf(photo).Mean().ToDouble();
        photo = ((photo * contrast) + (mean * (1 - contrast))).Clamp(0, Levels);
        return ((photo * saturation) + (GrayOf(photo) * (1 - saturation))).Clamp(0, Levels);
    }

    private static double Factor(double most, ref SeededRandom random) =>
        random.Range((float)(1 - most), (float)(1 + most));

    private static Tensor GrayOf(Tensor photo) =>
        (photo * Tensor.From(Gray, 1, 3, 1, 1).To(photo.Device)).Sum([1], keepDimensions: true);
}
