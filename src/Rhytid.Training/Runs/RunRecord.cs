using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using Rhytid.Imaging;
using Rhytid.Torch;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Splits;
using Rhytid.Training.Recipes;

namespace Rhytid.Training.Runs;

/// <summary>
/// What a run was made with, written into its folder before the first step and read to resume it: recipe, samples, pack,
/// seed, versions.
/// </summary>
public static class RunRecord
{
    /// <summary>The recipe with every key, in a run's folder.</summary>
    public const string RecipeFile = "recipe.yaml";

    /// <summary>Everything else, in a run's folder.</summary>
    public const string RecordFile = "run.json";

    /// <summary>The samples that a run learns from, in its folder.</summary>
    public const string TrainingList = "train.txt";

    /// <summary>The samples that a run is validated on, in its folder.</summary>
    public const string ValidationList = "val.txt";

    /// <summary>Value of <c>format</c>.</summary>
    public const string Format = "rhytid.run/1";

    /// <summary>The pack, where the run made it of a folder of photos.</summary>
    public const string PackFile = "data.safetensors";

    /// <summary>The folder of split lists, where the run made them.</summary>
    public const string SplitFolder = "split";

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    /// <summary>Writes the record.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="packPath">The pack's file.</param>
    /// <param name="pack">The pack.</param>
    /// <param name="training">Ids of the training part.</param>
    /// <param name="validation">Ids of the validation part.</param>
    /// <param name="initial">What became of the weights it starts from; null for random ones.</param>
    /// <param name="processes">How many processes train together.</param>
    public static void Write(
        string folder, Recipe recipe, string packPath, PackedDataset pack, IReadOnlyList<string> training,
        IReadOnlyList<string> validation, string? initial, int processes = 1)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(pack);
        AtomicFile.MakeFolder(folder);
        var (version, revision) = Version();
        var record = new
        {
            format = Format,
            recipe = recipe.Name,
            title = recipe.Title,
            source = recipe.Source,
            seed = recipe.Seed,
            started = DateTimeOffset.UtcNow.ToString("O"),
            initial,
            processes,
            versions = new Dictionary<string, string>
            {
                ["rhytid"] = version,
                ["libtorch"] = TorchRuntime.Version,
                [".net"] = RuntimeInformation.FrameworkDescription,
                ["system"] = $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}",
                ["threads"] = TorchRuntime.Threads.ToString(System.Globalization.CultureInfo.InvariantCulture),
            },
            git = revision,
            data = new
            {
                pack = Path.GetFileName(packPath),
                // Relative: a run that is published tells nothing of the machine.
                path = Path.GetRelativePath(folder, packPath),
                size = pack.Size,
                samples = pack.Samples.Count,
                train = training.Count,
                validation = validation.Count,
                settings = pack.Settings
            },
        };
        AtomicFile.WriteText(Path.Combine(folder, RecordFile), JsonSerializer.Serialize(record, Json) + "\n");
        AtomicFile.WriteText(Path.Combine(folder, RecipeFile), recipe.ToYaml());
        IdList.Save(Path.Combine(folder, TrainingList), training);
        if (validation.Count > 0)
            IdList.Save(Path.Combine(folder, ValidationList), validation);
    }

    /// <summary>The recipe of a run, by the name that it was started with.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="changes">Keys with dots and their values.</param>
    /// <exception cref="TrainingException">There is no run.</exception>
    public static Recipe LoadRecipe(string folder, params IReadOnlyList<(string Key, string Value)> changes)
    {
        var path = Path.Combine(folder, RecipeFile);
        using var record = Open(folder);
        if (record is null || !File.Exists(path))
            throw new TrainingException($"{folder}: there is no run to go on with ({RecordFile}, {RecipeFile})");
        var recipe = RecipeBook.Load(path, changes);
        // The name is part of the weights' metadata.
        return record.RootElement.TryGetProperty("recipe", out var name) && name.GetString() is { } known
            ? recipe with { Name = known }
            : recipe;
    }

    /// <summary>The path of a run's pack.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="TrainingException">The pack is no longer there, or no place was recorded.</exception>
    public static string FindPack(string folder)
    {
        using var record = Open(folder)
            ?? throw new TrainingException($"{folder}: there is no run to go on with ({RecordFile})");
        var data = record.RootElement.TryGetProperty("data", out var section) ? section : default;
        string? Value(string key) =>
            data.ValueKind == JsonValueKind.Object && data.TryGetProperty(key, out var value)
                ? value.GetString()
                : null;

        if (Value("path") is not { } path)
            throw new TrainingException(
                $"{folder}: {RecordFile} does not say where the pack {Value("pack")} is; give it with --data");
        var place = Path.Combine(folder, path);
        return File.Exists(place) || PackedDataset.Exists(place)
            ? place
            : throw new TrainingException(
                $"{folder}: its pack is no longer at {path}; give its new place with --data");
    }

    /// <summary>Checks that a run is resumed with its own recipe; only epochs and patience may differ.</summary>
    /// <exception cref="TrainingException">The recipe is another one.</exception>
    internal static void RequireSameRecipe(string folder, Recipe recipe)
    {
        var begun = Path.Combine(folder, RecipeFile);
        if (File.Exists(begun)
            && (RecipeBook.Load(begun) with
            {
                Name = recipe.Name,
                Epochs = recipe.Epochs,
                Patience = recipe.Patience
            }).ToYaml() != recipe.ToYaml())
            throw new TrainingException(
                $"{folder} was begun with another recipe than {recipe.Name} with these changes; "
                + $"go on with its own: rhytid train --resume {folder}");
    }

    /// <summary>
    /// Checks that a run is resumed with its own samples and pack; other lists could train it on its validation set.
    /// </summary>
    /// <exception cref="TrainingException">They are others.</exception>
    internal static void RequireSame(
        string folder, PackedDataset pack, IReadOnlyList<string> training, IReadOnlyList<string> validation)
    {
        foreach (var (name, ids) in new[] { (TrainingList, training), (ValidationList, validation) })
        {
            var list = Path.Combine(folder, name);
            var begun = File.Exists(list) ? IdList.Load(list) : [];
            if ((File.Exists(list) || name == ValidationList)
                && File.Exists(Path.Combine(folder, TrainingList))
                && !begun.ToHashSet(StringComparer.Ordinal).SetEquals(ids))
                throw new TrainingException(
                    $"{folder} was begun with other samples ({name}: {begun.Count} then, {ids.Count} now); "
                    + "leave --splits out to go on with its own");
        }
        using var record = Open(folder);
        if (record is null
            || !record.RootElement.TryGetProperty("data", out var data)
            || !data.TryGetProperty("settings", out var settings))
            return;
        foreach (var setting in settings.EnumerateObject())
            if (pack.Settings.GetValueOrDefault(setting.Name) is var now && now != setting.Value.GetString())
                throw new TrainingException(
                    $"{folder} was begun with another pack "
                    + $"({setting.Name} was '{setting.Value.GetString()}', is '{now}')");
    }

    private static JsonDocument? Open(string folder)
    {
        var path = Path.Combine(folder, RecordFile);
        try
        {
            return File.Exists(path) ? JsonDocument.Parse(File.ReadAllBytes(path)) : null;
        }
        catch (JsonException error)
        {
            throw new TrainingException($"{path} is damaged ({error.Message})", error);
        }
    }

    // The build puts the revision of the source behind the version: 0.1.0+1a2b3c.
    private static (string Version, string? Revision) Version()
    {
        var text =
            typeof(RunRecord).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
                ?? "unknown";
        var parts = text.Split('+', 2);
        return (parts[0], parts.Length > 1 ? parts[1] : null);
    }
}
