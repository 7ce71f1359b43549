using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Torch;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Objectives;

namespace Rhytid.Training.Tests.Objectives;

/// <summary>Samples and checks that several tests of pre-trainings share.</summary>
internal static class PretextCases
{
    internal static readonly Preprocessing Moon = Preprocessing.Moon(3, masked: false);

    internal static void AssertClose(double[] expected, Tensor actual, double tolerance)
    {
        var values = actual.ToArray<float>();
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < values.Length; i++)
            Assert.True(Math.Abs(expected[i] - values[i]) <= tolerance, $"{values[i]} at {i} instead of {expected[i]}");
    }
}
