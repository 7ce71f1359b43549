namespace Rhytid.Training.Evaluation;

/// <summary>What is scored and how.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Distances in pixels at which a pixel still counts as found.</summary>
    public IReadOnlyList<int> Tolerances { get; init; } = [1, 2, 3];

    /// <summary>
    /// Whether centre lines are compared too (clDice); it costs more time than all other scores of masks.
    /// </summary>
    public bool CenterLine { get; init; }

    /// <summary>
    /// A folder of wrinkle probabilities, <c>{id}.map.png</c> or <c>{id}.png</c> of 8 or 16 bits; without it there is
    /// no AUC.
    /// </summary>
    public string? Maps { get; init; }

    /// <summary>
    /// Where <c>{id}.overlay.jpg</c> is written, showing what is right, false and missed (<see cref="ErrorOverlay"/>);
    /// nowhere without it.
    /// </summary>
    public string? Overlays { get; init; }

    /// <summary>What becomes of photos without a wrinkle.</summary>
    public EmptyCase Empty { get; init; }

    /// <summary>How many photos at a time; the result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
