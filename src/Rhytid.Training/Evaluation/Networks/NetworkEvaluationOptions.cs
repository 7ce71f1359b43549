namespace Rhytid.Training.Evaluation.Networks;

/// <summary>How a network is scored.</summary>
public sealed record NetworkEvaluationOptions
{
    /// <summary>What is scored.</summary>
    public EvaluationOptions Scores { get; init; } = new();

    /// <summary>The probability from which on a pixel is wrinkle; the network's own unless given.</summary>
    public double? Threshold { get; init; }

    /// <summary>
    /// Whether nothing is wrinkle outside the skin, as <c>segment</c> has it; else the network's output counts as it
    /// is, as papers do.
    /// </summary>
    public bool SkinOnly { get; init; }
}
