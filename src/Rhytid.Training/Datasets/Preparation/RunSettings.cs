using System.Text.Json;
using Rhytid.Imaging;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Datasets.Preparation;

/// <summary>
/// What a folder of results was made with, in a small JSON file beside them: a run that is started again with other
/// settings would leave a mixture that nobody could tell apart.
/// </summary>
public static class RunSettings
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes the settings, or holds them against those that are there.</summary>
    /// <param name="file">The JSON file.</param>
    /// <param name="settings">Every setting that the results depend on, by its option's name.</param>
    /// <param name="overwrite">The results are made again: then these settings replace the old ones.</param>
    /// <exception cref="DatasetException">The folder was made with others.</exception>
    public static void Claim(string file, IReadOnlyDictionary<string, string> settings, bool overwrite = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        ArgumentNullException.ThrowIfNull(settings);
        AtomicFile.MakeFolder(Path.GetDirectoryName(Path.GetFullPath(file))!);
        if (overwrite || !File.Exists(file))
        {
            AtomicFile.WriteText(file, JsonSerializer.Serialize(settings, Indented) + "\n");
            return;
        }
        var before = Read(file);
        foreach (var (name, value) in settings)
            if (before.GetValueOrDefault(name) is var old && old != value)
                throw new DatasetException(
                    $"{Path.GetDirectoryName(file)}: its files were made with {name} {old ?? "unknown"}, not {value}; use --overwrite, or another folder");
    }

    private static Dictionary<string, string> Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file)) ?? [];
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(
                $"{file}: the settings of an earlier run cannot be read ({error.Message.ReplaceLineEndings(" ")}); use --overwrite, or another folder",
                error);
        }
    }
}
