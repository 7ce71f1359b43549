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
/// What a run was made with, written into its folder before the first step: recipe, samples, seed, versions.
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
    /// <param name="packPath">The pack's file, of which the name alone is kept.</param>
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

    /// <summary>
    /// Makes sure that a run goes on with the samples that it began with: a slip would train it on photos that it is
    /// judged by.
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
                    $"{folder} was begun with other samples ({name}: {begun.Count} then, {ids.Count} now); leave --splits out to go on with its own");
        }
        if (!File.Exists(Path.Combine(folder, RecordFile)))
            return;
        using var record = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, RecordFile)));
        if (!record.RootElement.TryGetProperty("data", out var data)
            || !data.TryGetProperty("settings", out var settings))
            return;
        foreach (var setting in settings.EnumerateObject())
            if (pack.Settings.GetValueOrDefault(setting.Name) is var now && now != setting.Value.GetString())
                throw new TrainingException(
                    $"{folder} was begun with another pack ({setting.Name} was '{setting.Value.GetString()}', is '{now}')");
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
