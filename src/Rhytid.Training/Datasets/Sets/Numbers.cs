using System.Globalization;

namespace Rhytid.Training.Datasets.Sets;

/// <summary>Scores as people and programs read them.</summary>
public static class Numbers
{
    /// <summary>Four digits; a dash where the score is undefined.</summary>
    public static string ForTable(double value) =>
        double.IsNaN(value) ? "-" : value.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>Six digits; nothing where the score is undefined.</summary>
    public static string ForCsv(double value) =>
        double.IsNaN(value) ? "" : value.ToString("0.000000", CultureInfo.InvariantCulture);

    /// <summary>Null where the score is undefined: JSON has no NaN.</summary>
    public static double? ForJson(double value) => double.IsNaN(value) ? null : value;
}
