using System.Globalization;
using Rhytid.Models;
using Rhytid.Training.Augmentation;
using Rhytid.Training.Datasets.Splits;
using Rhytid.Training.Yaml;
using YamlDotNet.RepresentationModel;

namespace Rhytid.Training.Recipes;

/// <summary>Turns YAML into a recipe; everything that is wrong is told at once.</summary>
internal sealed class RecipeYaml
{
    private static readonly string[] Keys = ["title", "source", "objective", "model", "in-channels", "out-channels", "width", "depths", "window", "gate", "bilinear", "deep-supervision", "initial", "input", "augmentation", "dilate-masks", "patches", "fraction", "loss", "optimizer", "schedule", "epochs", "batch", "accumulate", "clip-norm", "patience", "average", "batch-norm", "precision", "seed"];
    private static readonly string[] InputKeys = ["scaling", "masked", "size", "texture", "threshold"];
    private static readonly string[] OptimizerKeys = ["kind", "learning-rate", "weight-decay", "beta1", "beta2", "momentum", "decay-vectors", "fast-parts", "fast-factor"];
    private static readonly string[] ScheduleKeys = ["kind", "period", "growth", "decay", "minimum", "patience", "factor", "power", "warm-up"];
    private static readonly string[] ObjectiveKeys = ["kind", "soft-labels", "low", "high", "sigma", "simple", "target", "patch", "ratio"];
    private static readonly string[] LossKeys = ["weight", "alpha", "gamma", "sum", "pooling", "positive-weight"];
    private static readonly string[] PatchKeys = ["size", "per-sample", "wrinkle-share"];
    private static readonly string[] InitialKeys = ["recipe", "file", "part", "new-channels", "head", "optional"];
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
            else if (parts[0] == "loss" && child is YamlScalarNode weight)
                mapping.Children[new YamlScalarNode(part)] = child = new YamlMappingNode(new YamlScalarNode("weight"), weight);
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
            Objective = Objective(fields),
            Model = OneOf(fields, "model", "unet", [.. ModelCatalog.All.Select(model => model.Id)], isRequired: true),
            ModelOptions = options,
            Preprocessing = Input(fields, options.InChannels),
            Loss = Loss(fields),
            Augmentation = OneOf(fields, "augmentation", "none", [.. AugmentationPresets.All.Select(preset => preset.Name)]),
            DilateMasks = fields.Has("dilate-masks") ? Truth(fields, "dilate-masks", fallback: false) : null,
            Patches = Patches(fields),
            Initial = Initial(fields),
            Fraction = Whole(fields, "fraction", 100, least: 1, most: 100),
            AverageDecay = fields.Has("average") ? Number(fields, "average", 0.999, least: 0, most: 1) : null,
            Optimizer = Optimizer(fields),
            Schedule = Schedule(fields),
            Epochs = Whole(fields, "epochs", 1, least: 1, isRequired: true),
            Batch = Whole(fields, "batch", 1, least: 1, isRequired: true),
            Accumulate = Whole(fields, "accumulate", 1, least: 1),
            ClipNorm = fields.Has("clip-norm") ? Number(fields, "clip-norm", 1, least: 0) : null,
            Patience = fields.Has("patience") ? Whole(fields, "patience", 1, least: 1) : null,
            FreezeBatchNorm = OneOf(fields, "batch-norm", "train", ["train", "frozen"]) == "frozen",
            Bf16 = OneOf(fields, "precision", "f32", ["f32", "bf16"]) == "bf16",
            Seed = Whole(fields, "seed", 0, least: 0),
        };
        if (_problems.Count > 0)
            return recipe;
        foreach (var (key, problem) in RecipeRules.Problems(recipe))
            _problems.Add(fields.LineOf(key), problem);
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
        DeepSupervision = fields.Has("deep-supervision") ? Truth(fields, "deep-supervision", fallback: false) : null,
    };

    private ObjectiveChoice Objective(YamlFields fields)
    {
        var part = Part(fields, "objective", ObjectiveKeys);
        return new ObjectiveChoice(OneOf(part, "kind", "wrinkles", RecipeParts.Objectives), Number(part, "soft-labels", 0, least: 0), Number(part, "low", -1, least: -1), Number(part, "high", 1, least: 0),
            Number(part, "sigma", 0.2, least: 0), Truth(part, "simple", fallback: false), OneOf(part, "target", "noise", ["noise", "image"]),
            Whole(part, "patch", 32, least: 1), Number(part, "ratio", 0.6, least: 0, most: 1));
    }

    private PatchChoice? Patches(YamlFields fields)
    {
        if (!fields.Has("patches"))
            return null;
        var part = Part(fields, "patches", PatchKeys);
        return new PatchChoice(Whole(part, "size", 256, least: 32), Whole(part, "per-sample", 1, least: 1), Number(part, "wrinkle-share", 0.75, least: 0, most: 1));
    }

    private InitialChoice? Initial(YamlFields fields)
    {
        if (!fields.Has("initial"))
            return null;
        var part = Part(fields, "initial", InitialKeys);
        return new InitialChoice(part.Text("recipe"), part.Text("file"), OneOf(part, "part", "all", RecipeParts.InitialParts), OneOf(part, "new-channels", "mean", ["mean", "zero", "random"]),
            OneOf(part, "head", "reinitialise", ["reinitialise", "split"]), Truth(part, "optional", fallback: false));
    }

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
        return preprocessing with { Masked = masked, Size = size, WholeTexture = OneOf(input, "texture", "skin", ["skin", "photo"]) == "photo", Threshold = Number(input, "threshold", 0.5, least: 0) };
    }

    private List<LossChoice> Loss(YamlFields fields)
    {
        if (fields.Node("loss") is not { } node)
        {
            _problems.Add(fields.Line, "the recipe lacks 'loss'");
            return [];
        }
        var losses = new YamlFields(node, "loss", RecipeParts.Losses, _problems);
        List<LossChoice> list = [.. losses.All.Select(entry => Loss(losses, entry.Key, entry.Value))];
        if (list.Count == 0 && _problems.Count == 0)
            _problems.Add(losses.Line, $"loss names none; there are: {string.Join(", ", RecipeParts.Losses)}");
        return list;
    }

    // A number is the weight; a mapping says more.
    private LossChoice Loss(YamlFields losses, string id, YamlNode node)
    {
        var part = node is YamlMappingNode ? new YamlFields(node, id, LossKeys, _problems) : new YamlFields(new YamlMappingNode(), id, LossKeys, _problems);
        var weight = node is YamlMappingNode ? Number(part, "weight", 1, least: 0) : Number(losses, id, 1, least: 0);
        return new LossChoice(id, weight, Number(part, "alpha", 0.75, least: 0, most: 1), Number(part, "gamma", 2, least: 0), Truth(part, "sum", fallback: false),
            part.Has("pooling") ? OneOf(part, "pooling", "batch", ["batch", "image"]) : null, Number(part, "positive-weight", 1, least: 0));
    }

    private OptimizerChoice Optimizer(YamlFields fields)
    {
        var part = Part(fields, "optimizer", OptimizerKeys);
        return new OptimizerChoice(OneOf(part, "kind", "adamw", OptimizerKinds), Number(part, "learning-rate", 1e-4, least: 0), Number(part, "weight-decay", 0, least: 0), Number(part, "beta1", 0.9, least: 0), Number(part, "beta2", 0.999, least: 0), Number(part, "momentum", 0, least: 0),
            Truth(part, "decay-vectors", fallback: true), part.Read<IReadOnlyList<string>>("fast-parts", [], text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)), Number(part, "fast-factor", 10, least: 0));
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

    private static int Whole(YamlFields fields, string key, int fallback, int least, int most = int.MaxValue, bool isRequired = false)
    {
        if (isRequired)
            fields.Required(key);
        return fields.Read(key, fallback, text => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new FormatException($"'{key}' must be a whole number from {least} {(most == int.MaxValue ? "on" : $"to {most}")}, not '{text}'"));
    }

    private static double Number(YamlFields fields, string key, double fallback, double least, double most = double.MaxValue) =>
        fields.Read(key, fallback, text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value >= least && value <= most
            ? value
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{key}' must be a number from {least} {(most == double.MaxValue ? "on" : $"to {most}")}, not '{text}'")));

    private static bool Truth(YamlFields fields, string key, bool fallback) =>
        fields.Read(key, fallback, text => text switch
        {
            "true" or "yes" => true,
            "false" or "no" => false,
            _ => throw new FormatException($"'{key}' must be true or false, not '{text}'"),
        });
}
