using System.Text.Json;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Training.Losses;

namespace Rhytid.Training.Tests.Losses;

/// <summary>Samples and checks that several tests of PyTorch's losses share.</summary>
internal static class GoldenLosses
{
    internal static JsonElement Golden(string op, string id) =>
        GoldenFolder
            .Json("training", "torch.json")
            .GetProperty("cases")
            .EnumerateArray()
            .Single(entry => entry.GetProperty("op").GetString() == op && entry.GetProperty("id").GetString() == id);

    internal static TheoryData<string> Ids(string op) =>
        [.. GoldenFolder
            .Json("training", "torch.json")
            .GetProperty("cases")
            .EnumerateArray()
            .Where(entry => entry.GetProperty("op").GetString() == op)
            .Select(entry => entry.GetProperty("id").GetString()!)];

    internal static Tensor? Scored(JsonElement golden, long[] shape)
    {
        var first = golden.GetProperty("first_column").GetInt64();
        if (first == 0)
            return null;
        var values = new float[shape[0] * shape[2] * shape[3]];
        Each(shape, (_, _, x, place) => values[place] = x >= first ? 1 : 0);
        return Tensor.From(values, shape[0], 1, shape[2], shape[3]);
    }

    internal static void Each(long[] shape, Action<long, long, long, long> pixel)
    {
        for (var place = 0L; place < shape[0] * shape[2] * shape[3]; place++)
            pixel(place / (shape[2] * shape[3]), place / shape[3] % shape[2], place % shape[3], place);
    }
}
