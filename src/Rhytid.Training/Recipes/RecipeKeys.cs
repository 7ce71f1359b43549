using Rhytid.Models;
using Rhytid.Training.Augmentation;
using Rhytid.Training.Fields;
using Rhytid.Training.Losses;

namespace Rhytid.Training.Recipes;

/// <summary>The keys of a recipe, in the order of its resolved copy, with the rules between them.</summary>
internal static class RecipeKeys
{
    private const int Colours = 3;

    public static IReadOnlyList<Field> All { get; } =
    [
        Field<Recipe>.Text("title", "one line for people", x => x.Title, (x, v) => x with { Title = v }).Required(),
        Field<Recipe>.Text("source", "publication, section, what is inferred",
            x => x.Source, (x, v) => x with { Source = v }),
        Field<Recipe>.Kind("objective", "what the network learns",
            x => x.Objective, (x, v) => x with { Objective = v }, ObjectiveOptions.Kinds),
        Field<Recipe>.Name("model", "[architecture](../how-to/use-a-network.md)",
            x => x.Model, (x, v) => x with { Model = v },
            ModelCatalog.All.Select(model => model.Id)).Required().Rule(Parser).Rule(Buildable),
        Field<Recipe>.Integer("in-channels", "colour, or colour and texture map", x => x.ModelOptions.InChannels,
            (x, v) => x with { ModelOptions = x.ModelOptions with { InChannels = v } }, Colours, Colours + 1),
        Field<Recipe>.Integer("out-channels", "1 or 2 for wrinkles, 1 for texture, classes for parsing, else 3",
            x => x.ModelOptions.OutChannels,
                (x, v) => x with { ModelOptions = x.ModelOptions with { OutChannels = v } }, min: 1)
            .Rule(OutChannels),
        Field<Recipe>.Integer("width", "channels of the first stage", x => x.ModelOptions.Width,
            (x, v) => x with { ModelOptions = x.ModelOptions with { Width = v } }, min: 1).Unset(Published),
        Field<Recipe>.Integers("depths", "blocks of a transformer's stages", x => x.ModelOptions.Depths,
            (x, v) => x with { ModelOptions = x.ModelOptions with { Depths = v } }).Unset(Published),
        Field<Recipe>.Integer("window", "side of a transformer's attention windows, in tokens",
            x => x.ModelOptions.Window,
            (x, v) => x with { ModelOptions = x.ModelOptions with { Window = v } }, min: 1).Unset(Published),
        Field<Recipe>.OneOf("gate", "the map that opens attention gates", x => x.ModelOptions.Gate,
            (x, v) => x with { ModelOptions = x.ModelOptions with { Gate = v } },
            ("encoder", GateSignal.Encoder), ("decoder", GateSignal.Decoder)).Unset(Published),
        Field<Recipe>.Bool("bilinear", "bilinear upsampling instead of transposed convolutions",
            x => x.ModelOptions.Bilinear,
            (x, v) => x with { ModelOptions = x.ModelOptions with { Bilinear = v } }).Unset(Published),
        Field<Recipe>.Bool("deep-supervision", "side outputs in training", x => x.ModelOptions.DeepSupervision,
            (x, v) => x with { ModelOptions = x.ModelOptions with { DeepSupervision = v } }).Unset(Published),
        Field<Recipe>.Section<InitialOptions>("initial", "weights to start from",
            x => x.Initial, (x, v) => x with { Initial = v },
            InitialOptions.Keys).Unset("random weights"),
        Field<Recipe>.OneOf(
            "freeze-encoder", "untrained stages of a ResNet or Swin encoder; their batch norm keeps its statistics",
            x => x.FreezeEncoder, (x, v) => x with { FreezeEncoder = v },
            ("none", EncoderFreezing.None), ("all", EncoderFreezing.All),
            ("all-but-last-2", EncoderFreezing.AllButLastTwo)),
        Field<Recipe>.Section<InputOptions>("input", "what the network sees",
            x => x.Input, (x, v) => x with { Input = v },
            InputOptions.Keys).Rule(Scaling).Rule(Texture),
        Field<Recipe>.Name("augmentation", "[preset](augmentation.md)",
            x => x.Augmentation, (x, v) => x with { Augmentation = v },
            AugmentationPresets.All.Select(preset => preset.Name)),
        Field<Recipe>.Bool("dilate-masks", "training masks 3x3 wider",
            x => x.DilateMasks, (x, v) => x with { DilateMasks = v })
            .Unset("the augmentation's"),
        Field<Recipe>.Section<PatchOptions>("patches", "patches out of augmented pictures",
            x => x.Patches, (x, v) => x with { Patches = v },
            PatchOptions.Keys).Unset("whole pictures").Rule(PatchSize),
        Field<Recipe>.Integer("fraction", "percentage of the training part",
            x => x.Fraction, (x, v) => x with { Fraction = v }, min: 1, max: 100),
        new Field<Recipe, IReadOnlyList<LossTerm>>(
            "loss", "losses, which are added, with weights or keys", new LossFormat(),
            x => x.Loss, (x, v) => x with { Loss = v }).Required().Rule(Losses).Rule(Weights).Rule(Heads),
        Field<Recipe>.Kind("optimizer", "optimizer",
            x => x.Optimizer, (x, v) => x with { Optimizer = v }, OptimizerOptions.Kinds),
        Field<Recipe>.Kind("schedule", "learning-rate schedule",
            x => x.Schedule, (x, v) => x with { Schedule = v }, ScheduleOptions.Kinds),
        Field<Recipe>.Integer("epochs", "epochs of the run",
            x => x.Epochs, (x, v) => x with { Epochs = v }, min: 1).Required(),
        Field<Recipe>.Integer("batch", "samples of a batch",
            x => x.Batch, (x, v) => x with { Batch = v }, min: 1).Required(),
        Field<Recipe>.Integer("accumulate", "batches of a step",
            x => x.Accumulate, (x, v) => x with { Accumulate = v }, min: 1),
        Field<Recipe>.Number("clip-norm", "largest norm of the gradient",
            x => x.ClipNorm, (x, v) => x with { ClipNorm = v }).Unset("no clipping"),
        Field<Recipe>.Integer("patience", "early-stopping patience in epochs",
            x => x.Patience, (x, v) => x with { Patience = v }, min: 1)
            .Unset("no early stopping"),
        Field<Recipe>.Number("average", "decay of the weights' EMA, min(average, (1 + n) / (10 + n)) after n steps",
            x => x.AverageDecay, (x, v) => x with { AverageDecay = v }, max: 1),
        Field<Recipe>.OneOf("batch-norm", "`frozen` keeps the statistics of the weights it starts from",
            x => x.FreezeBatchNorm, (x, v) => x with { FreezeBatchNorm = v }, ("train", false), ("frozen", true)),
        Field<Recipe>.OneOf("precision", "`bf16` computes in bf16 where that is safe",
            x => x.Bf16, (x, v) => x with { Bf16 = v },
            ("f32", false), ("bf16", true)),
        Field<Recipe>.Integer("seed", "seed of all randomness", x => x.Seed, (x, v) => x with { Seed = v }),
    ];

    private const string Published = "its publication's";

    private static string? Parser(Recipe recipe) =>
        ModelCatalog.Get(recipe.Model).IsFaceParser && recipe.Objective is not ParsingOptions and var other
            ? $"{recipe.Model} names parts of faces (objective {new ParsingOptions().Id}), it does not learn {other.Id}"
            : null;

    private static string? Buildable(Recipe recipe)
    {
        try
        {
            using var network = ModelCatalog.Create(recipe.Model, recipe.ModelOptions, initialize: false);
            network.FreezeEncoder(recipe.FreezeEncoder);
            return null;
        }
        catch (ArgumentException error)
        {
            return $"{recipe.Model} cannot be built like that: {error.Message.Split(" (Parameter")[0]}";
        }
    }

    private static string? OutChannels(Recipe recipe)
    {
        var (objective, channels) = (recipe.Objective, recipe.ModelOptions.OutChannels);
        var (min, max) = (objective.MinChannels, objective.MaxChannels);
        var range = min == max ? $"{min}" : $"{min} to {max}";
        return channels < min || channels > max
            ? $"out-channels is {channels}; the objective {objective.Id} needs {range}"
            : null;
    }

    private static string? Scaling(Recipe recipe) =>
        recipe.Input.Scaling == InputScaling.ImageNet && recipe.ModelOptions.InChannels is var channels and not Colours
            ? $"input.scaling imagenet is for {Colours} channels, the network has {channels} (in-channels)"
            : null;

    private static string? Texture(Recipe recipe) =>
        recipe.Input.WholeTexture && recipe.ModelOptions.InChannels == Colours
            ? $"input.texture: the network has no fourth channel for one (in-channels: {Colours + 1})"
            : null;

    private static string? PatchSize(Recipe recipe) => recipe.Patches is { } patches && patches.Size > recipe.Input.Size
        ? $"patches of {patches.Size} pixels do not fit into pictures of {recipe.Input.Size}"
        : null;

    private static string? Losses(Recipe recipe)
    {
        var objective = recipe.Objective;
        var wrong = string.Join(", ", recipe.Loss.Where(term => !Suits(term.Loss)).Select(term => term.Loss.Name));
        var right = string.Join(", ", LossKinds.Table.All.Where(Suits).Select(loss => loss.Name));
        return wrong.Length == 0
            ? null
            : $"loss {wrong} does not belong to the objective {objective.Id}, which has: {right}";

        bool Suits(ILoss loss) => loss.Targets == objective.Targets;
    }

    private static string? Weights(Recipe recipe) =>
        recipe.Loss.All(term => term.Weight == 0) ? "all losses weigh 0: nothing would be learned" : null;

    private static string? Heads(Recipe recipe) =>
        recipe.Loss.FirstOrDefault(
            term => (term.Loss.RequiredModel ?? recipe.Model) != recipe.Model) is { Loss: var loss }
            ? $"loss {loss.Name} needs the heads of {loss.RequiredModel}, not {recipe.Model}"
            : null;
}

/// <summary>The generated part of docs/reference/recipes.md.</summary>
internal static class RecipeReference
{
    /// <summary>Tables of all keys and of the kinds that some of them choose from.</summary>
    public static string ToMarkdown() => $"""
        ## Keys

        | key | what | values | unless told |
        |---|---|---|---|
        {Lines(RecipeKeys.All.SelectMany(field => field.Rows(new Recipe { Name = "" }, "")).Select(Row))}

        ## Kinds

        | of | kind | what |
        |---|---|---|
        {Lines(RecipeKeys.All.SelectMany(field => field.Kinds.Select(kind => Row(field, kind))))}
        """;

    private static string Row(Field field, IKind kind) => $"| `{field.Key}` | `{kind.Id}` | {kind.Description} |";

    private static string Row(FieldRow row) =>
        $"| `{row.Key}` | {row.Description} | {row.Values} | {row.Default.Trim('"')} |";

    private static string Lines(IEnumerable<string> rows) => string.Join('\n', rows);
}
