using System.Text.Json;
using Rhytid.Tests.Shared;
using Rhytid.Torch;

namespace Rhytid.Training.Tests.Augmentation;

/// <summary>Samples and checks that several tests of pixel operations share.</summary>
internal static class PixelCases
{
    internal static IEnumerable<JsonElement> Cases(string operation) =>
        GoldenFolder
            .Json("augmentation", "opencv.json")
            .GetProperty("cases")
            .EnumerateArray()
            .Where(golden => golden.GetProperty("op").GetString() == operation);

    internal static (int Width, int Height) Size(JsonElement golden) =>
        (golden.GetProperty("width").GetInt32(), golden.GetProperty("height").GetInt32());

    internal static Tensor Colors(JsonElement golden)
    {
        var ((width, height), name) = (Size(golden), golden.GetProperty("name").GetString());
        string[] channels = [$"{name}.red", $"{name}.green", $"{name}.blue"];
        return Tensor.From(
            [.. channels.SelectMany(channel => Picture(channel, width, height)).Select(level => (float)level)], 1, 3,
            height, width);
    }

    internal static byte[] Picture(string name, int width, int height)
    {
        var hash = GoldenFormula.Hash(name);
        return [.. Enumerable.Range(0, width * height).Select(i =>
            (byte)Math.Floor(
                40 + (100 * ((double)(i % width) / width)) + (100 * GoldenFormula.Uniform(hash, (uint)i)
                    * ((double)(i / width) / height))))];
    }
}
