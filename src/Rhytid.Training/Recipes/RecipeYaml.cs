using System.Globalization;
using Rhytid.Models;
using Rhytid.Training.Yaml;
using YamlDotNet.RepresentationModel;

namespace Rhytid.Training.Recipes;

/// <summary>Turns YAML into a recipe; everything that is wrong is told at once.</summary>
internal sealed class RecipeYaml
{
    private static readonly string[] Keys = ["title", "source", "model", "in-channels", "out-channels", "width", "depths", "window", "gate", "bilinear", "input", "loss", "optimizer", "schedule", "epochs", "batch", "accumulate", "clip-norm", "patience", "precision", "seed"];
    private static readonly string[] InputKeys = ["scaling", "masked", "size", "threshold"];
    private static readonly string[] OptimizerKeys = ["kind", "learning-rate", "weight-decay", "beta1", "beta2", "momentum"];
    private static readonly string[] ScheduleKeys = ["kind", "period", "growth", "decay", "minimum", "patience", "factor", "power", "warm-up"];
    private static readonly string[] OptimizerKinds = ["adamw", "adam", "sgd"];
    private static readonly string[] ScheduleKinds = ["constant", "cosine", "cosine-restarts", "plateau", "polynomial"];
    private static readonly string[] Scalings = ["moon", "imagenet", "wds"];

    private readonly LineProblems _problems;
    private readonly string _name;

    private RecipeYaml(string path) => (_problems, _name) = (new LineProblems(path), Path.GetFileNameWithoutExtension(path));

    /// <param name="yaml">The text.</param>
    /// <param name="path">Its name in messages; its file name is the recipe's.</param>
    /// <param name="changes">Keys with dots and their values, as <c>--set</c> gives them.</param>
    /// <exception cref="RecipeException">Something is wrong with it.</exception>
    public static Recipe Read(string yaml, string path, IReadOnlyList<(string Key, string Value)> changes)
    {
        var reader = new RecipeYaml(path);
        var root = YamlText.Root(yaml, reader._problems, "the recipe is empty");
        reader.ThrowIfAny();
        foreach (var (key, value) in changes)
            reader.Change(root!, key, value);
        var recipe = reader.Recipe(root!);
        reader.ThrowIfAny();
        return recipe;
    }

    private void ThrowIfAny()
    {
        if (_problems.Summary is { } summary)
            throw new RecipeException(summary);
    }

    // A change goes into the tree before it is read, so that a wrong one is told like a wrong line.
    private void Change(YamlNode root, string key, string value)
    {
        var (node, parts) = (root, key.Split('.'));
        foreach (var part in parts[..^1])
        {
            if (node is not YamlMappingNode mapping)
                break;
            if (!mapping.Children.TryGetValue(new YamlScalarNode(part), out var child))
                mapping.Children[new YamlScalarNode(part)] = child = new YamlMappingNode();
            node = child;
        }
        if (node is YamlMappingNode last && key.Length > 0 && parts.All(part => part.Length > 0))
            last.Children[new YamlScalarNode(parts[^1])] = new YamlScalarNode(value);
        else
            _problems.Add(0, $"--set {key}: there is no place for it in the recipe");
    }

    private Recipe Recipe(YamlNode root)
    {
        var fields = new YamlFields(root, "the recipe", Keys, _problems);
        var options = Options(fields);
        var recipe = new Recipe
        {
            Name = _name,
            Title = fields.Required("title"),
            Source = fields.Text("source"),
            Model = OneOf(fields, "model", "unet", [.. ModelCatalog.All.Select(model => model.Id)], isRequired: true),
            ModelOptions = options,
            Preprocessing = Input(fields, options.InChannels),
            Loss = Loss(fields),
            Optimizer = Optimizer(fields),
            Schedule = Schedule(fields),
            Epochs = Whole(fields, "epochs", 1, least: 1, isRequired: true),
            Batch = Whole(fields, "batch", 1, least: 1, isRequired: true),
            Accumulate = Whole(fields, "accumulate", 1, least: 1),
            ClipNorm = fields.Has("clip-norm") ? Number(fields, "clip-norm", 1, least: 0) : null,
            Patience = fields.Has("patience") ? Whole(fields, "patience", 1, least: 1) : null,
            Bf16 = OneOf(fields, "precision", "f32", ["f32", "bf16"]) == "bf16",
            Seed = Whole(fields, "seed", 0, least: 0),
        };
        if (_problems.Count == 0)
            RequireBuildable(recipe);
        return recipe;
    }

    private void RequireBuildable(Recipe recipe)
    {
        try
        {
            using var network = ModelCatalog.Create(recipe.Model, recipe.ModelOptions, initialize: false);
        }
        catch (ArgumentException error)
        {
            _problems.Add(1, $"{recipe.Model} cannot be built like that: {error.Message.Split(" (Parameter")[0]}");
        }
    }

    private static ModelOptions Options(YamlFields fields) => new()
    {
        InChannels = Whole(fields, "in-channels", 3, least: 3),
        OutChannels = Whole(fields, "out-channels", 2, least: 1),
        Width = fields.Has("width") ? Whole(fields, "width", 64, least: 1) : null,
        Depths = fields.Read<IReadOnlyList<int>?>("depths", null, text => [.. text.Split(',').Select(part => int.TryParse(part.Trim(), out var value) ? value : throw new FormatException($"'depths' must be numbers with commas, not '{text}'"))]),
        Window = fields.Has("window") ? Whole(fields, "window", 16, least: 1) : null,
        Gate = fields.Read<GateSignal?>("gate", null, text => Enum.TryParse<GateSignal>(text, ignoreCase: true, out var gate) ? gate : throw new FormatException($"'gate' must be encoder or decoder, not '{text}'")),
        Bilinear = fields.Has("bilinear") ? Truth(fields, "bilinear", fallback: false) : null,
    };

    private Preprocessing Input(YamlFields fields, int channels)
    {
        var input = Part(fields, "input", InputKeys);
        var masked = Truth(input, "masked", fallback: true);
        var size = Whole(input, "size", 1024, least: 32);
        var scaling = OneOf(input, "scaling", "moon", Scalings);
        if (scaling == "imagenet" && channels != 3)
            _problems.Add(input.Line, $"input: scaling imagenet is for 3 channels, the network has {channels}");
        var preprocessing = scaling switch
        {
            "imagenet" => Preprocessing.ImageNet,
            "wds" => Preprocessing.Wds with { Mean = [.. Enumerable.Repeat(0.5, channels)], Deviation = [.. Enumerable.Repeat(0.25, channels)] },
            _ => Preprocessing.Moon(channels, masked),
        };
        return preprocessing with { Masked = masked, Size = size, Threshold = Number(input, "threshold", 0.5, least: 0) };
    }

    private List<(string Id, double Weight)> Loss(YamlFields fields)
    {
        if (fields.Node("loss") is not { } node)
        {
            _problems.Add(fields.Line, "the recipe lacks 'loss'");
            return [];
        }
        var losses = new YamlFields(node, "loss", RecipeParts.Losses, _problems);
        List<(string Id, double Weight)> list = [.. losses.All.Select(entry => (entry.Key, Number(losses, entry.Key, 1, least: 0)))];
        if (list.Count == 0 && _problems.Count == 0)
            _problems.Add(losses.Line, $"loss names none; there are: {string.Join(", ", RecipeParts.Losses)}");
        return list;
    }

    private OptimizerChoice Optimizer(YamlFields fields)
    {
        var part = Part(fields, "optimizer", OptimizerKeys);
        return new OptimizerChoice(OneOf(part, "kind", "adamw", OptimizerKinds), Number(part, "learning-rate", 1e-4, least: 0), Number(part, "weight-decay", 0, least: 0), Number(part, "beta1", 0.9, least: 0), Number(part, "beta2", 0.999, least: 0), Number(part, "momentum", 0, least: 0));
    }

    private ScheduleChoice Schedule(YamlFields fields)
    {
        var part = Part(fields, "schedule", ScheduleKeys);
        return new ScheduleChoice(OneOf(part, "kind", "constant", ScheduleKinds), Whole(part, "period", 100, least: 1), Whole(part, "growth", 2, least: 1), Number(part, "decay", 1, least: 0), Number(part, "minimum", 0, least: 0),
            Whole(part, "patience", 15, least: 0), Number(part, "factor", 0.75, least: 0), Number(part, "power", 0.9, least: 0), Whole(part, "warm-up", 0, least: 0));
    }

    private YamlFields Part(YamlFields fields, string key, string[] known) =>
        new(fields.Node(key) ?? new YamlMappingNode(), key, known, _problems);

    private static string OneOf(YamlFields fields, string key, string fallback, string[] names, bool isRequired = false)
    {
        if (isRequired)
            fields.Required(key);
        return fields.Read(key, fallback, text => names.Contains(text) ? text : throw new FormatException($"'{key}' is '{text}'; it may be: {string.Join(", ", names)}"));
    }

    private static int Whole(YamlFields fields, string key, int fallback, int least, bool isRequired = false)
    {
        if (isRequired)
            fields.Required(key);
        return fields.Read(key, fallback, text => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= least
            ? value
            : throw new FormatException($"'{key}' must be a whole number from {least} on, not '{text}'"));
    }

    private static double Number(YamlFields fields, string key, double fallback, double least) =>
        fields.Read(key, fallback, text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value >= least
            ? value
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{key}' must be a number from {least} on, not '{text}'")));

    private static bool Truth(YamlFields fields, string key, bool fallback) =>
        fields.Read(key, fallback, text => text switch
        {
            "true" or "yes" => true,
            "false" or "no" => false,
            _ => throw new FormatException($"'{key}' must be true or false, not '{text}'"),
        });
}
