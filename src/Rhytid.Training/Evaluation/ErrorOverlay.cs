using Rhytid.Imaging;
using Rhytid.Measurement;

namespace Rhytid.Training.Evaluation;

/// <summary>Pictures that show where a mask is right and where it is wrong.</summary>
public static class ErrorOverlay
{
    private const float Opacity = 0.85f;

    /// <summary>Wrinkles that were found.</summary>
    /// <remarks>The three colours can be told apart by the colour-blind too (Okabe and Ito).</remarks>
    public static Rgb Found { get; } = new(0, 200, 140);

    /// <summary>Called wrinkle, but is none.</summary>
    public static Rgb False { get; } = new(213, 94, 0);

    /// <summary>Wrinkles that were missed.</summary>
    public static Rgb Missed { get; } = new(86, 180, 233);

    /// <summary>Draws a comparison.</summary>
    /// <param name="photo">The photo; black without it. It is resized to the masks where it has another size.</param>
    /// <param name="predicted">What a method says.</param>
    /// <param name="truth">What an annotator says, of the same size.</param>
    /// <param name="scored">Where pixels count; nothing is drawn outside.</param>
    public static Image Draw(Image? photo, Mask predicted, Mask truth, Mask? scored = null)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(truth);
        var picture = photo is null ? new Image(truth.Width, truth.Height)
            : (photo.Width, photo.Height) == (truth.Width, truth.Height) ? photo : photo.Resize(truth.Width, truth.Height);
        foreach (var (where, color) in new[] { (predicted.And(truth), Found), (predicted.Except(truth), False), (truth.Except(predicted), Missed) })
            picture = Overlay.Draw(picture, scored is null ? where : where.And(scored), color: color, opacity: Opacity);
        return picture;
    }
}
