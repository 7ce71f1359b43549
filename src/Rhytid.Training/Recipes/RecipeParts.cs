using Rhytid.Models;
using Rhytid.Torch.Nn;
using Rhytid.Torch.Optim;
using Rhytid.Torch.Serialization;
using Rhytid.Training.Augmentation;
using Rhytid.Training.Batches;
using Rhytid.Training.Batches.Loading;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Datasets.Splits;
using Rhytid.Training.Losses;
using Rhytid.Training.Objectives;
using Rhytid.Training.Runs;
using Rhytid.Training.Schedules;

namespace Rhytid.Training.Recipes;

/// <summary>Turns the words of a recipe into objectives, losses, schedules and optimizers.</summary>
public static class RecipeParts
{
    /// <summary>What a network may learn.</summary>
    public static string[] Objectives { get; } = ["wrinkles", "texture", "denoise", "mim", "reconstruct", "deblur", "superres", "parsing"];

    /// <summary>The ids of losses that a recipe may add up (clDice is of no publication).</summary>
    public static string[] Losses { get; } = ["mse", "l1", "dice-c", "dice-sq", "dice", "focal", "bce", "wds", "cldice", "ohem"];

    /// <summary>The parts of a file that a network may start from.</summary>
    public static string[] InitialParts { get; } = ["all", "encoder", "swin"];

    /// <summary>The plan that a recipe describes.</summary>
    public static TrainingPlan ToPlan(this Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ILoss loss = new WeightedSum([.. recipe.Loss.Select(term => (MakeLoss(term), term.Weight))]);
        return new TrainingPlan
        {
            Objective = MakeObjective(recipe),
            Loss = recipe.ModelOptions.DeepSupervision == true ? new DeepSupervision(loss) : loss,
            Schedule = () => MakeSchedule(recipe),
            Optimizer = (parameters, rate) => MakeOptimizer(recipe.Optimizer, parameters, rate),
            Epochs = recipe.Epochs,
            BatchSize = recipe.Batch,
            Accumulate = recipe.Accumulate,
            ClipNorm = recipe.ClipNorm,
            Patience = recipe.Patience,
            Seed = recipe.Seed,
            Bf16 = recipe.Bf16,
            FreezeBatchNorm = recipe.FreezeBatchNorm,
            AverageDecay = recipe.AverageDecay,
        };
    }

    /// <summary>The batches that a recipe learns from.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="data">The packed set.</param>
    /// <param name="ids">Its training part.</param>
    /// <param name="share">The part of each batch that this process makes.</param>
    public static TrainingBatches Batches(this Recipe recipe, PackedDataset data, IReadOnlyList<string> ids, BatchShare share = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var preset = AugmentationPresets.Named(recipe.Augmentation);
        var pipeline = preset with { DilateMask = recipe.DilateMasks ?? preset.DilateMask };
        var isPlain = !pipeline.Operations.Any() && !pipeline.DilateMask;
        return new TrainingBatches(data, ids, recipe.Batch, recipe.Seed, isPlain ? null : new Augmenter(pipeline, recipe.Seed),
            recipe.Patches is { } patches ? new PatchSampler(patches.Size, patches.WrinkleShare, recipe.Seed) : null, recipe.Patches?.PerSample ?? 1, share);
    }

    /// <summary>What an import of the weights that a recipe starts from may do.</summary>
    /// <param name="initial">The recipe's words.</param>
    /// <param name="format">The kind of file they come in.</param>
    public static ImportOptions ToImport(this InitialChoice initial, CheckpointFormat format = CheckpointFormat.Safetensors)
    {
        ArgumentNullException.ThrowIfNull(initial);
        var options = initial.Part switch
        {
            "swin" => ImportOptions.SwinEncoder,
            "encoder" => ImportOptions.ResNetEncoder(format),
            _ => ImportOptions.Stage2,
        };
        return options with
        {
            NewInputChannels = initial.NewChannels switch { "zero" => InputGrowth.Zero, "random" => InputGrowth.Random, _ => InputGrowth.Mean },
            OtherOutputChannels = initial.Head == "split" ? HeadChange.Split : HeadChange.Reinitialize,
        };
    }

    private static IObjective MakeObjective(Recipe recipe)
    {
        var (choice, input) = (recipe.Objective, recipe.Preprocessing);
        return choice.Kind switch
        {
            "texture" => new TextureObjective(input, choice.Low, choice.High),
            "denoise" => new DenoisingObjective(input, choice.Sigma, choice.IsSimple, choice.Target == "image", recipe.Seed),
            "mim" => new HiddenPatchesObjective(input, choice.Patch, choice.Ratio, recipe.Seed),
            "reconstruct" => RestorationObjective.Reconstruct(input),
            "deblur" => RestorationObjective.Deblur(input),
            "superres" => RestorationObjective.SuperResolve(input),
            "parsing" => new ParsingObjective(input),
            _ => new WrinkleObjective(input, choice.SoftLabels),
        };
    }

    private static ILoss MakeLoss(LossChoice choice)
    {
        var pooling = choice.Pooling switch { "image" => Pooling.Image, "batch" => Pooling.Batch, _ => (Pooling?)null };
        return choice.Id switch
        {
            "mse" => new MeanSquaredError(),
            "l1" => new AbsoluteError(),
            "dice-c" => new SoftDice(pooling ?? Pooling.Batch),
            "dice-sq" => new BinaryDice(squared: true, pooling ?? Pooling.Image),
            "dice" => new BinaryDice(squared: false, pooling ?? Pooling.Image),
            "focal" => new FocalLoss(choice.Alpha, choice.Gamma, choice.Sum),
            "bce" => new CrossEntropy(choice.PositiveWeight),
            "wds" => new WeightedDeepSupervision(WrinkleWeights.Of),
            "cldice" => new CenterLineDiceLoss(),
            "ohem" => new HardPixelCrossEntropy(),
            _ => throw new ArgumentException($"there is no loss '{choice.Id}'", nameof(choice)),
        };
    }

    private static ISchedule MakeSchedule(Recipe recipe)
    {
        var (choice, rate) = (recipe.Schedule, recipe.Optimizer.LearningRate);
        return choice.Kind switch
        {
            "cosine-restarts" => new CosineRestarts(choice.Period, rate, choice.Minimum, choice.Growth, choice.Decay),
            "cosine" => new CosineDecay(recipe.Epochs, rate, choice.Minimum),
            "plateau" => new ReduceOnPlateau(rate, choice.Patience, choice.Factor, choice.Minimum),
            "polynomial" => new PolynomialDecay(recipe.Epochs, rate, choice.Power, choice.WarmUp),
            _ => new Constant(rate),
        };
    }

    private static Optimizer MakeOptimizer(OptimizerChoice choice, IEnumerable<StoredParameter> parameters, double rate)
    {
        var groups = parameters.Where(parameter => !parameter.IsBuffer)
            .GroupBy(parameter => (IsFast: choice.FastParts.Any(part => parameter.Name.StartsWith(part + ".", StringComparison.Ordinal)), Decays: choice.DecayVectors || parameter.Tensor.Dimensions > 1))
            .OrderBy(group => group.Key)
            .Select(group => new ParameterGroup(group, rate, group.Key.Decays ? choice.WeightDecay : 0) { RateFactor = group.Key.IsFast ? choice.FastFactor : 1 })
            .ToArray();
        return choice.Kind switch
        {
            "adam" => new Adam(groups, choice.Beta1, choice.Beta2),
            "sgd" => new Sgd(groups, choice.Momentum),
            _ => new AdamW(groups, choice.Beta1, choice.Beta2),
        };
    }
}
