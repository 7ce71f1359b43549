using System.Globalization;

namespace Rhytid.Torch.Tests.Fuzzing;

/// <summary>The process that operators are fuzzed in: <c>dotnet Rhytid.Torch.Tests.dll fuzz SEED OPERATORS CALLS</c>.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments is not ["fuzz", var seed, var operators, var calls, ..])
            return 2;
        var fuzzer = new OperatorFuzzer(Number(seed), Number(operators), Number(calls));
        return fuzzer.Run(Console.Out, arguments.Length > 4 ? arguments[4] : null) ? 0 : 1;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
