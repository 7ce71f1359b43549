using System.Globalization;
using Rhytid.Torch.Tests.Distributed;
using Rhytid.Torch.Tests.Fuzzing;

namespace Rhytid.Torch.Tests;

/// <summary>
/// The processes that some tests start: <c>dotnet Rhytid.Torch.Tests.dll fuzz SEED OPERATORS CALLS</c>, in which
/// operators are fuzzed, and <c>... rank SCENARIO</c>, one of several that compute together.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments) => arguments switch
    {
        ["fuzz", var seed, var operators, var calls, .. var rest] =>
            new OperatorFuzzer(Number(seed), Number(operators), Number(calls)).Run(Console.Out, rest.FirstOrDefault())
                ? 0
                : 1,
        ["rank", var scenario] => RankScenarios.Run(scenario),
        _ => 2,
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
