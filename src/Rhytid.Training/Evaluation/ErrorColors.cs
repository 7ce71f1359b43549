using Rhytid.Imaging;

namespace Rhytid.Training.Evaluation;

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
