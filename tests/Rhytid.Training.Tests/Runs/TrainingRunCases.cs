using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Recipes;
using Rhytid.Training.Runs.Reporting;

namespace Rhytid.Training.Tests.Runs;

/// <summary>Samples and checks that several tests of runs share.</summary>
internal static class TrainingRunCases
{
    internal const int Samples = 12;

    /// <summary>How many of them are learned from.</summary>
    internal const int Learned = 9;

    internal static Recipe Small(string name, params (string Key, string Value)[] changes) =>
        RecipeBook.Load(
            name, [("width", "4"), ("input.size", $"{LineSet.Side}"), ("epochs", "1"), ("batch", "4"), .. changes]);
}
