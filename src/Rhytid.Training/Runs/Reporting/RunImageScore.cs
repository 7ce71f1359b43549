using System.Globalization;
using Rhytid.Training.Datasets.Splits;

namespace Rhytid.Training.Runs.Reporting;

/// <summary>Scores of one validation image at the best epoch: a row of <see cref="RunImages.ScoresFile"/>.</summary>
/// <param name="Id">The sample's id.</param>
/// <param name="Jsi">NaN where it is undefined, as all of them.</param>
/// <param name="F1">Dice.</param>
/// <param name="Precision">Share of the prediction that is wrinkle.</param>
/// <param name="Recall">Share of the wrinkles that is found.</param>
public sealed record RunImageScore(string Id, double Jsi, double F1, double Precision, double Recall)
{
    private const int Numbers = 4;

    /// <summary>Reads the file.</summary>
    /// <exception cref="TrainingException">It cannot be read, or is something else.</exception>
    public static IReadOnlyList<RunImageScore> Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return [.. File.ReadLines(path).Skip(1).Where(line => line.Length > 0).Select(Parse)];
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

    // Numbers have no commas, ids may.
    private static RunImageScore Parse(string line)
    {
        var cells = line.Split(',');
        if (cells.Length <= Numbers)
            throw new FormatException();
        var values = cells[^Numbers..].Select(Number).ToList();
        var id = string.Join(',', cells[..^Numbers]);
        if (id.Length > 1 && id[0] == '"' && id[^1] == '"')
            id = id[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal);
        return new RunImageScore(id, values[0], values[1], values[2], values[3]);
    }

    private static double Number(string cell) =>
        cell.Length == 0 ? double.NaN : double.Parse(cell, CultureInfo.InvariantCulture);
}
