using System.Text.Json;

namespace Rhytid.Tests.Shared;

/// <summary>The values that PyTorch made: tests/Golden, with a README of its own.</summary>
internal static class GoldenFolder
{
    public static string PathOf(params string[] parts) => Path.Combine([Repository.Root, "tests", "Golden", .. parts]);

    public static JsonElement Json(params string[] parts)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(PathOf(parts)));
        return document.RootElement.Clone();
    }

    /// <summary>Reads a member that may be missing.</summary>
    public static JsonElement? Get(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value : null;

    public static long[] Longs(this JsonElement element) =>
        [.. element.EnumerateArray().Select(item => item.GetInt64())];

    /// <summary>Fails unless every value is within a tolerance, relative to the largest expected one.</summary>
    public static void AssertClose(
        ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        var (largest, worst, place) = (0.0, -1.0, 0);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(float.IsFinite(actual[i]), $"{what}: {actual[i]} at {i}");
            largest = Math.Max(largest, Math.Abs(expected[i]));
            if (Math.Abs(expected[i] - actual[i]) is var difference && difference > worst)
                (worst, place) = (difference, i);
        }
        Assert.True(
            worst <= tolerance * Math.Max(largest, 1e-30),
            $"{what}: {actual[place]} at {place} instead of {expected[place]}, {worst / largest:g3} of the largest value {largest:g3}, allowed {tolerance:g3}");
    }
}
