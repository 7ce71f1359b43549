using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Torch;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Objectives;
using Rhytid.Training.Runs.Reporting;

namespace Rhytid.Training.Tests.Objectives;

/// <summary>Samples and checks that several tests of objectives share.</summary>
internal static class MetricCases
{
    internal static readonly Preprocessing Moon = Preprocessing.Moon(3, masked: false);
}
