using Rhytid.Torch.Nn;
using Rhytid.Torch.Optim;
using Rhytid.Training.Losses;
using Rhytid.Training.Runs;
using Rhytid.Training.Schedules;

namespace Rhytid.Training.Recipes;

/// <summary>Turns the words of a recipe into losses, schedules and optimizers.</summary>
public static class RecipeParts
{
    /// <summary>The ids of losses that a recipe may add up (SPEC 2.6).</summary>
    public static string[] Losses { get; } = ["mse", "dice-c", "dice-sq", "dice", "focal", "bce"];

    /// <summary>The plan that a recipe describes.</summary>
    public static TrainingPlan ToPlan(this Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return new TrainingPlan
        {
            Preprocessing = recipe.Preprocessing,
            Loss = new WeightedSum([.. recipe.Loss.Select(term => (MakeLoss(term.Id), term.Weight))]),
            Schedule = () => MakeSchedule(recipe),
            Optimizer = (parameters, rate) => MakeOptimizer(recipe.Optimizer, parameters, rate),
            Epochs = recipe.Epochs,
            BatchSize = recipe.Batch,
            Accumulate = recipe.Accumulate,
            ClipNorm = recipe.ClipNorm,
            Patience = recipe.Patience,
            Seed = recipe.Seed,
            Bf16 = recipe.Bf16,
        };
    }

    private static ILoss MakeLoss(string id) => id switch
    {
        "mse" => new MeanSquaredError(),
        "dice-c" => new SoftDice(),
        "dice-sq" => new BinaryDice(squared: true),
        "dice" => new BinaryDice(),
        "focal" => new FocalLoss(),
        "bce" => new CrossEntropy(),
        _ => throw new ArgumentException($"there is no loss '{id}'", nameof(id)),
    };

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
        ParameterGroup[] groups = [new ParameterGroup(parameters, rate, choice.WeightDecay)];
        return choice.Kind switch
        {
            "adam" => new Adam(groups, choice.Beta1, choice.Beta2),
            "sgd" => new Sgd(groups, choice.Momentum),
            _ => new AdamW(groups, choice.Beta1, choice.Beta2),
        };
    }
}
