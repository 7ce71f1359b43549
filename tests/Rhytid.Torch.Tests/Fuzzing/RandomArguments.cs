using System.Globalization;

namespace Rhytid.Torch.Tests.Fuzzing;

/// <summary>Argument lists that mostly fit an operator's signature and sometimes do not.</summary>
internal static class RandomArguments
{
    private static readonly DType[] Types =
    [
        DType.Float32, DType.Float32, DType.Float32, DType.Float64, DType.Int64, DType.Int32, DType.UInt8, DType.Bool,
        DType.BFloat16
    ];
    private static readonly long[] Sizes =
    [
        0, 1, 1, 2, 2, 3, -1, -2, 4, 7, 1000, long.MaxValue, long.MinValue, 1L << 40
    ];

    // Numbers beyond 32 bits are for sizes only: libtorch 1.13 squares factors and counts loops without a look at their
    // size.
    private static readonly long[] Numbers = [0, 1, 4, 7, 100, -1, -2, -100, 1000];
    private static readonly string[] Texts =
    [
        "", "none", "mean", "a\0b", "bilinear", "ij->ji", "reflect", "tanh", "linalg"
    ];

    public static Value[] For(Operator target, Random random, out string text)
    {
        var kinds = Kinds(target.Schema);
        var count = random.Next(10) switch { 0 => random.Next(kinds.Length + 2), _ => kinds.Length };
        var values = new Value[count];
        var texts = new string[count];
        for (var i = 0; i < count; i++)
        {
            var kind = i < kinds.Length && random.Next(20) > 0 ? kinds[i] : Any[random.Next(Any.Length)];
            (values[i], texts[i]) = Make(kind, random);
        }
        text = string.Join(", ", texts);
        return values;
    }

    private static readonly string[] Any =
    [
        "Tensor", "Tensor?", "int", "float", "bool", "int[]", "float[]", "bool[]", "Tensor[]", "str", "Device", "None"
    ];

    // "aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor" has the kinds Tensor, Tensor, Scalar.
    private static string[] Kinds(string schema)
    {
        var inside =
            schema[(schema.IndexOf('(', StringComparison.Ordinal) + 1)..schema.LastIndexOf(
                ") -> ", StringComparison.Ordinal)];
        var depth = 0;
        var parts = new List<string> { "" };
        foreach (var letter in inside)
        {
            depth += letter is '(' or '[' ? 1 : letter is ')' or ']' ? -1 : 0;
            if (letter == ',' && depth == 0)
                parts.Add("");
            else
                parts[^1] += letter;
        }
        return [.. parts.Select(part => part.Trim()).Where(part => part.Length > 0 && part != "*").Select(Kind)];
    }

    private static string Kind(string argument)
    {
        var kind = argument.Split(' ')[0];
        var alias = kind.IndexOf('(', StringComparison.Ordinal);
        if (alias >= 0)
            kind = kind[..alias] + kind[(kind.IndexOf(')', StringComparison.Ordinal) + 1)..];
        return kind;
    }

    private static (Value Value, string Text) Make(string kind, Random random)
    {
        if (kind.EndsWith('?'))
            return random.Next(2) == 0 ? (Value.None, "None") : Make(kind[..^1], random);
        if (kind.EndsWith(']'))
            return List(kind, random);
        switch (kind)
        {
            case "Tensor":
                return Tensor(random);
            case "int" or "SymInt":
                return Integer(random);
            case "ScalarType":
                var code = random.Next(10) == 0 ? random.Next(-2, 100) : (int)Types[random.Next(Types.Length)];
                return (code, $"ScalarType {code}");
            case "Layout" or "MemoryFormat":
                var option = random.Next(10) == 0 ? random.Next(-2, 100) : 0;
                return (option, $"{kind} {option}");
            case "float":
                return Real(random);
            case "Scalar" or "number":
                return random.Next(3) switch { 0 => Integer(random), _ => Real(random) };
            case "bool":
                var truth = random.Next(2) == 0;
                return (truth, truth ? "true" : "false");
            case "str":
                var text = Texts[random.Next(Texts.Length)];
                return (text, $"'{text}'");
            case "Device":
                return random.Next(4) == 0 ? (Device.Cuda(random.Next(3)), "cuda") : (Device.Cpu, "cpu");
            default:
                return (Value.None, "None");
        }
    }

    private static (Value, string) List(string kind, Random random)
    {
        var open = kind.IndexOf('[', StringComparison.Ordinal);
        var element = kind[..open];
        var count =
            int.TryParse(kind.AsSpan(open + 1, kind.Length - open - 2), CultureInfo.InvariantCulture, out var wanted)
                && random.Next(5) > 0 ? wanted : random.Next(4);
        switch (element)
        {
            case "int" or "SymInt":
                var integers =
                    Enumerable.Range(0, count)
                        .Select(_ => random.Next(3) > 0 ? random.Next(1, 4) : Sizes[random.Next(Sizes.Length)])
                        .ToArray();
                return (integers, $"[{string.Join(' ', integers)}]");
            case "float":
                var reals = Enumerable.Range(0, count).Select(_ => random.NextDouble() * 4 - 1).ToArray();
                return (reals, $"[{string.Join(' ', reals)}] reals");
            case "bool":
                var truths = Enumerable.Range(0, count).Select(_ => random.Next(2) == 0).ToArray();
                return (truths, $"[{string.Join(' ', truths)}]");
            case "Tensor" or "Tensor?":
                var made =
                    Enumerable.Range(0, count)
                        .Select(_ => random.Next(10) == 0 ? (Value: Value.None, Text: "null") : Tensor(random))
                        .ToArray();
                return (made.Select(item => item.Value.Reference as Tensor).ToArray(),
                    $"[{string.Join(' ', made.Select(item => item.Text))}]");
            default:
                return (Value.None, "None");
        }
    }

    private static (Value, string) Integer(Random random)
    {
        var value = random.Next(4) > 0 ? random.Next(-1, 4) : Numbers[random.Next(Numbers.Length)];
        return (value, value.ToString(CultureInfo.InvariantCulture));
    }

    private static (Value, string) Real(Random random)
    {
        var value = random.Next(8) switch
        {
            0 => 0,
            1 => double.NaN,
            2 => double.PositiveInfinity,
            3 => -1,
            4 => 1e300,
            _ => random.NextDouble(),
        };
        return (value, value.ToString("R", CultureInfo.InvariantCulture));
    }

    private static (Value Value, string Text) Tensor(Random random)
    {
        var shape =
            Enumerable.Range(0, random.Next(6))
                .Select(_ => (long)(random.Next(8) == 0 ? random.Next(6) : random.Next(1, 4)))
                .ToArray();
        var type = Types[random.Next(Types.Length)];
        // Integers serve as indices, so some are out of range.
        var tensor = type.IsFloatingPoint()
            ? Torch.Tensor.Randn(shape, type)
            : (Torch.Tensor.Randn(shape) * 3).To(type);
        if (type is DType.Float32 or DType.Float64 && random.Next(4) == 0)
            tensor.RequiresGrad = true;
        else if (shape.Length >= 2 && random.Next(4) == 0)
            tensor = tensor.Transpose(0, 1);
        return (tensor, $"{type}({string.Join(' ', shape)})");
    }
}
