using Rhytid.Training.Evaluation.Published;

namespace Rhytid.Training.Tests.Evaluation.Published;

/// <summary>Samples and checks that several tests of publications share.</summary>
internal static class PublishedCases
{
    internal static PublishedPaper Paper(string name) => PublishedResults.All.Single(paper => paper.Name == name);
}
