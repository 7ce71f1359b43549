namespace Rhytid.Training.Evaluation.Published;

/// <summary>One row of a published table; a number is null where the paper prints none.</summary>
/// <param name="Table">The table's number in its paper.</param>
/// <param name="Method">Architecture and, after a slash, what it was pre-trained on; or the method's name.</param>
/// <param name="Input">What the network sees: RGB, or RGB and the texture map (T).</param>
/// <param name="TrainFraction">Share of the training photos; null where the paper does not vary it or nothing is
/// trained.</param>
/// <param name="Scores">By the keys of <see cref="MaskScore"/>.</param>
/// <param name="ParametersMillions">Size of the network as printed.</param>
/// <param name="Average">image, pooled, or unknown: what the numbers say about how they were averaged (the papers do
/// not).</param>
public sealed record PublishedResult(
    int Table, string Method, string Input, double? TrainFraction, IReadOnlyDictionary<string, double> Scores,
    double? ParametersMillions, string Average);
