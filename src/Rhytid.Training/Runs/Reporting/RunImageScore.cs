using System.Globalization;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Runs.Reporting;

/// <summary>Scores of one validation image at the best epoch: a row of <see cref="RunImages.ScoresFile"/>.</summary>
/// <param name="Id">The sample's id.</param>
/// <param name="Jsi">NaN where it is undefined, as all of them.</param>
/// <param name="F1">Dice.</param>
/// <param name="Precision">Share of the prediction that is wrinkle.</param>
/// <param name="Recall">Share of the wrinkles that is found.</param>
public sealed record RunImageScore(string Id, double Jsi, double F1, double Precision, double Recall)
{
    /// <summary>Reads the file.</summary>
    /// <exception cref="TrainingException">It cannot be read, or is something else.</exception>
    public static IReadOnlyList<RunImageScore> Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return [.. CsvTable.Parse(File.ReadAllText(path)).Rows.Select(row => Parse(row.Cells))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"{path}: {error.Message}", error);
        }
        catch (FormatException error)
        {
            throw new TrainingException($"{path}: this is no table of id,jsi,f1,precision,recall", error);
        }
    }

    private static RunImageScore Parse(IReadOnlyList<string> cells) =>
        cells is [var id, var jsi, var f1, var precision, var recall]
            ? new RunImageScore(id, Number(jsi), Number(f1), Number(precision), Number(recall))
            : throw new FormatException();

    private static double Number(string cell) =>
        cell.Length == 0 ? double.NaN : double.Parse(cell, CultureInfo.InvariantCulture);
}
