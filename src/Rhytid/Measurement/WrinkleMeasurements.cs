using System.Drawing;

namespace Rhytid.Measurement;

/// <summary>One wrinkle: a connected line. Pixels are those of the photo.</summary>
/// <param name="Bounds">Bounding box in pixels of the measured picture.</param>
/// <param name="LengthPixels">Along the centre line, branches included.</param>
/// <param name="MeanWidthPixels">Area divided by length.</param>
/// <param name="MeanContrastGrayLevels">How much darker than the skin beside it, 0..255; null where there is no plain
/// skin beside it.</param>
public sealed record Wrinkle(
    Rectangle Bounds, float LengthPixels, float MeanWidthPixels, float? MeanContrastGrayLevels);

/// <summary>What a wrinkle mask says in numbers; defined in docs/reference/measurement.md.</summary>
public sealed record WrinkleMeasurements
{
    /// <summary>Skin on which wrinkles were looked for, in pixels.</summary>
    public required long SkinAreaPixels { get; init; }

    /// <summary>Wrinkle pixels, specks included.</summary>
    public required long WrinkleAreaPixels { get; init; }

    /// <summary>Width of the face in pixels, to which the relative numbers refer.</summary>
    public required float FaceWidthPixels { get; init; }

    /// <summary>Every counted wrinkle, the longest first.</summary>
    public required IReadOnlyList<Wrinkle> Wrinkles { get; init; }

    /// <summary>100 * wrinkle pixels / skin pixels; 0 where there is no skin.</summary>
    public double WrinkleShareOfSkinPercent => SkinAreaPixels == 0 ? 0 : 100.0 * WrinkleAreaPixels / SkinAreaPixels;

    /// <summary>How many wrinkles.</summary>
    public int Count => Wrinkles.Count;

    /// <summary>Sum of all lengths.</summary>
    public float TotalLengthPixels => Wrinkles.Sum(wrinkle => wrinkle.LengthPixels);

    /// <summary>The longest wrinkle; 0 where there is none.</summary>
    public float LongestLengthPixels => Count == 0 ? 0 : Wrinkles[0].LengthPixels;

    /// <summary>Mean width over all centre lines (long wrinkles weigh more); null where there is no wrinkle.</summary>
    public float? MeanWidthPixels =>
        Count == 0 ? null : Wrinkles.Sum(wrinkle => wrinkle.MeanWidthPixels * wrinkle.LengthPixels) / TotalLengthPixels;

    /// <summary>Mean contrast over all wrinkle pixels; null where it could not be measured.</summary>
    public float? MeanContrastGrayLevels
    {
        get
        {
            var measured = Wrinkles.Where(wrinkle => wrinkle.MeanContrastGrayLevels is not null).ToList();
            var area = measured.Sum(Area);
            return area == 0
                ? null
                : measured.Sum(wrinkle => wrinkle.MeanContrastGrayLevels!.Value * Area(wrinkle)) / area;

            static float Area(Wrinkle wrinkle) => wrinkle.LengthPixels * wrinkle.MeanWidthPixels;
        }
    }

    /// <summary>Total length in widths of the face.</summary>
    public double TotalLengthFaceWidths => TotalLengthPixels / FaceWidthPixels;

    /// <summary>Longest wrinkle in widths of the face.</summary>
    public double LongestLengthFaceWidths => LongestLengthPixels / FaceWidthPixels;

    /// <summary>Mean width in widths of the face; null where there is no wrinkle.</summary>
    public double? MeanWidthFaceWidths => MeanWidthPixels / FaceWidthPixels;
}
