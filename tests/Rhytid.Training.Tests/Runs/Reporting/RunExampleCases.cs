using Rhytid.Training.Objectives;
using Rhytid.Training.Runs.Reporting;

namespace Rhytid.Training.Tests.Runs.Reporting;

/// <summary>Samples and checks that several tests of examples share.</summary>
internal static class RunExampleCases
{
    internal static RunExample Example(string id, double jsi) =>
        new(id, jsi, 2, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [0, 1, 1, 0], [0, 255, 127, 128], [1, 1, 1, 0]);
}
