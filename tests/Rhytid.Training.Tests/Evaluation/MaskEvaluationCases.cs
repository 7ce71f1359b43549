using Rhytid.Scores;
using Rhytid.Training.Evaluation;

namespace Rhytid.Training.Tests.Evaluation;

/// <summary>Samples and checks that several tests of mask evaluations share.</summary>
internal static class MaskEvaluationCases
{
    internal static readonly EvaluationOptions Strict = new() { Tolerances = [] };

    internal static MaskEvaluation Evaluate(EvaluationOptions options, params ConfusionCounts[] photos) => new()
    {
        Options = options,
        Images = [.. photos.Select((counts, i) => new ImageScore($"{i:D5}", new MaskCounts(counts, [], null), []))],
    };
}
