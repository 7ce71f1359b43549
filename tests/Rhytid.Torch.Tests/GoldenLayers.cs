using System.Text.Json;
using Rhytid.Tests.Shared;

namespace Rhytid.Torch.Tests;

/// <summary>The files of tests/Golden/layers.</summary>
internal static class GoldenLayers
{
    public static TheoryData<string> Ids(string file)
    {
        using var document = Read(file);
        return [.. document.RootElement.GetProperty("cases")
            .EnumerateArray()
            .Select(entry => entry.GetProperty("id").GetString()!)];
    }

    public static GoldenLayer Find(string file, string id)
    {
        using var document = Read(file);
        var tolerance = document.RootElement.GetProperty("tolerance").GetDouble();
        var entry = document.RootElement.GetProperty("cases")
            .EnumerateArray()
            .Single(entry => entry.GetProperty("id").GetString() == id);
        return new GoldenLayer(entry.Clone(), tolerance);
    }

    private static JsonDocument Read(string file) =>
        JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "Golden", "layers", $"{file}.json")));
}

/// <summary>One operator with its options, its inputs by the formula, and what PyTorch made of them.</summary>
internal sealed class GoldenLayer(JsonElement entry, double tolerance)
{
    private readonly JsonElement _options = entry.GetProperty("options");

    public string Operation => entry.GetProperty("op").GetString()!;

    public bool Has(string option) =>
        _options.TryGetProperty(option, out var value) && value.ValueKind != JsonValueKind.Null;

    public bool Flag(string option) => Has(option) && _options.GetProperty(option).GetBoolean();

    public string Text(string option) => _options.GetProperty(option).GetString()!;

    public double Number(string option) => _options.GetProperty(option).GetDouble();

    public double Number(string option, double otherwise) => Has(option) ? Number(option) : otherwise;

    public double[] Numbers(string option) => _options.GetProperty(option) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Select(number => number.GetDouble())]
        : [Number(option), Number(option)];

    public long[] Integers(string option) => [.. Numbers(option).Select(number => (long)number)];

    public Tensor Input(string role) => TryInput(role) ?? throw new InvalidOperationException($"{entry} has no {role}");

    public Tensor? TryInput(string role) => entry.GetProperty("inputs").TryGetProperty(role, out var input)
        ? GoldenTensor.Of(input.GetProperty("name").GetString()!, Shape(input))
        : null;

    public void AssertExpected(string role, Tensor actual)
    {
        var expected = entry.GetProperty("expected").GetProperty(role);
        Assert.Equal(Shape(expected), actual.Shape);
        var values = expected.GetProperty("values").EnumerateArray().Select(value => value.GetSingle()).ToArray();
        var limit = tolerance * values.Max(Math.Abs);
        foreach (var (wanted, got) in values.Zip(actual.ToArray<float>()))
            Assert.InRange(Math.Abs(wanted - got), 0, limit);
    }

    private static long[] Shape(JsonElement tensor) =>
        [.. tensor.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
}
