namespace Rhytid.Training.Tests.Schedules;

/// <summary>Samples and checks that several tests of schedule share.</summary>
internal static class ScheduleCases
{
    internal static void Close(double expected, double actual) => Assert.InRange(actual / expected, 1 - 1e-6, 1 + 1e-6);
}
