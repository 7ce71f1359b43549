using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rhytid.Synthesis.Wrinkles;

/// <summary>
/// What is written beside a picture: its seed and every painted line. The format is described in
/// docs/explanation/synthetic-wrinkles.md.
/// </summary>
public static class WrinkleRecord
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>One JSON object.</summary>
    /// <param name="id">What the picture is called.</param>
    /// <param name="face">The photo it was painted on.</param>
    /// <param name="seed">The picture's own seed.</param>
    /// <param name="painted">The picture.</param>
    public static string ToJson(string id, string face, int seed, WrinkledFace painted)
    {
        ArgumentNullException.ThrowIfNull(painted);
        return JsonSerializer.Serialize(new
        {
            id,
            face,
            seed,
            width = painted.Image.Width,
            height = painted.Image.Height,
            wrinkles = painted.Wrinkles.Select(wrinkle => new
            {
                wrinkle.Region,
                wrinkle.Source,
                widthPixels = Rounded(wrinkle.WidthsPixels.Max()),
                depth = Rounded(wrinkle.Depths.Max()),
                points = wrinkle.Points.Select(Pair),
                widthsPixels = wrinkle.WidthsPixels.Select(Rounded),
                depths = wrinkle.Depths.Select(Rounded),
            }),
        }, Options);
    }

    private static decimal[] Pair(Vector2 point) => [Rounded(point.X), Rounded(point.Y)];

    // A hundredth of a pixel; decimal, so that it is written with no more digits than that.
    private static decimal Rounded(float value) =>
        decimal.Parse(value.ToString("F2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
