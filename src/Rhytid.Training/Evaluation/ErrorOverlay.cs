using Rhytid.Imaging;
using Rhytid.Reports;

namespace Rhytid.Training.Evaluation;

/// <summary>Pictures that show where a mask is right and where it is wrong.</summary>
public static class ErrorOverlay
{
    private const float Opacity = 0.85f;

    /// <summary>Wrinkles that were found.</summary>
    public static Rgb Found => ErrorColors.ForAll.Found;

    /// <summary>Called wrinkle, but is none.</summary>
    public static Rgb False => ErrorColors.ForAll.False;

    /// <summary>Wrinkles that were missed.</summary>
    public static Rgb Missed => ErrorColors.ForAll.Missed;

    /// <summary>Draws a comparison.</summary>
    /// <param name="photo">The photo; black without it. It is resized to the masks where it has another size.</param>
    /// <param name="predicted">What a method says.</param>
    /// <param name="truth">What an annotator says, of the same size.</param>
    /// <param name="scored">Where pixels count; nothing is drawn outside.</param>
    /// <param name="colors">What is drawn how; <see cref="ErrorColors.ForAll"/> unless given.</param>
    public static Image Draw(Image? photo, Mask predicted, Mask truth, Mask? scored = null, ErrorColors? colors = null)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(truth);
        colors ??= ErrorColors.ForAll;
        var picture = photo is null ? new Image(truth.Width, truth.Height)
            : (photo.Width, photo.Height) == (truth.Width, truth.Height)
                ? photo
                : photo.Resize(truth.Width, truth.Height);
        foreach (var (where, color) in new[]
        {
            (predicted.And(truth), colors.Found), (predicted.Except(truth), colors.False),
            (truth.Except(predicted), colors.Missed)
        })
            picture = Overlay.Draw(picture, scored is null ? where : where.And(scored), color: color, opacity: Opacity);
        return picture;
    }
}

/// <summary>The colours of a picture of right and wrong.</summary>
/// <param name="Found">Wrinkles that were found.</param>
/// <param name="False">Called wrinkle, but is none.</param>
/// <param name="Missed">Wrinkles that were missed.</param>
public sealed record ErrorColors(Rgb Found, Rgb False, Rgb Missed)
{
    /// <summary>Green, orange, blue: the colour-blind can tell them apart too (Okabe and Ito).</summary>
    public static ErrorColors ForAll { get; } = new(new Rgb(0, 200, 140), new Rgb(213, 94, 0), new Rgb(86, 180, 233));

    /// <summary>
    /// Truth in green and prediction in red, so that both together are yellow, as training logs of the field show them.
    /// </summary>
    public static ErrorColors TruthAndPrediction { get; } = new(
        new Rgb(255, 221, 0), new Rgb(235, 40, 40), new Rgb(0, 220, 80));
}
