using System.Globalization;

namespace Rhytid.Torch.Tests.Fuzzing;

/// <summary>
/// Calls operators with random arguments. Whatever happens must be an exception of the documented kinds.
/// </summary>
/// <remarks>
/// The call that is about to be made is printed first, so that the last line of a process that died names it.
/// </remarks>
internal sealed class OperatorFuzzer(int seed, int operators, int calls)
{
    private readonly Random _random = new(seed);

    public bool Run(TextWriter output, string? only)
    {
        // Sorted, because the dispatcher lists its table in another order in every process.
        var names =
            Operator.Names.Where(name => only is null ? FuzzedOperators.IsFuzzed(name) : name == only)
                .Order(StringComparer.Ordinal)
                .ToArray();
        _random.Shuffle(names);
        var chosen = names.Take(operators).Select(Operator.Get).ToArray();
        var (worked, refused) = (0, 0);
        TorchRuntime.Threads = 1;
        for (var i = 0; i < calls; i++)
        {
            var target = chosen[i % chosen.Length];
            TorchRuntime.Seed((ulong)i);
            using var scope = TensorScope.Begin();
            var arguments = RandomArguments.For(target, _random, out var text);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{i} {target.Name} {text}"));
            output.Flush();
            try
            {
                foreach (var tensor in target.CallMany(arguments))
                    tensor?.Dispose();
                worked++;
            }
            catch (Exception error) when (error is TorchException or ArgumentException or InvalidOperationException)
            {
                if (error is TorchException torch && !torch.Message.StartsWith(target.Name, StringComparison.Ordinal))
                    throw new InvalidOperationException(
                        $"the message does not begin with the operator's name: {error.Message}", error);
                refused++;
            }
        }
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"worked {worked}, refused {refused}, sum {StillComputes()}"));
        return worked > 0 && refused > 0 && StillComputes() == 10;
    }

    private static double StillComputes()
    {
        using var scope = TensorScope.Begin();
        var input = Tensor.From(new float[] { 1, 2, 3, 4 }, 2, 2);
        input.RequiresGrad = true;
        (input * input).Sum().Backward();
        return input.Grad!.Sum().ToDouble() / 2;
    }
}
