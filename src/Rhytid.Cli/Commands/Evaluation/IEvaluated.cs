using Rhytid.Training.Evaluation;

namespace Rhytid.Cli.Commands.Evaluation;

/// <summary>Something whose masks are scored on some photos.</summary>
internal interface IEvaluated
{
    /// <summary>What tables call it: a name, not a path, since results are passed on.</summary>
    string Name { get; }

    /// <summary>Whether only pixels inside scored regions count.</summary>
    bool HasScoredRegions { get; }

    /// <summary>The mask value that means wrinkle, or null.</summary>
    int? WrinkleValue { get; }

    /// <summary>How many photos have a manual mask.</summary>
    int Count { get; }

    /// <summary>Ids that were asked for and have no manual mask.</summary>
    IReadOnlyList<string> Unlabelled { get; }

    /// <summary>Scores it.</summary>
    MaskEvaluation Run(Action<string> progress, CancellationToken token);
}
