using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Training.Augmentation;
using Rhytid.Training.Batches.Loading;
using Rhytid.Training.Datasets.Packing;
using Rhytid.Training.Losses;
using Rhytid.Training.Runs;

namespace Rhytid.Training.Recipes;

/// <summary>How a network is trained, as a YAML file says it by <see cref="RecipeKeys"/>.</summary>
public sealed record Recipe
{
    /// <summary>The file's name without extension.</summary>
    public required string Name { get; init; }

    /// <summary>One line for people.</summary>
    public string Title { get; init; } = "";

    /// <summary>Where the numbers come from: publication, section, what is inferred.</summary>
    public string? Source { get; init; }

    /// <summary>What the network learns.</summary>
    public ObjectiveOptions Objective { get; init; } = ObjectiveOptions.Kinds.Default;

    /// <summary>The architecture's id in the catalogue.</summary>
    public string Model { get; init; } = ModelCatalog.All[0].Id;

    /// <summary>Channels and choices of the architecture.</summary>
    public ModelOptions ModelOptions { get; init; } = new() { OutChannels = 2 };

    /// <summary>The weights to start from; null for random ones.</summary>
    public InitialOptions? Initial { get; init; }

    /// <summary>Stages of the encoder that are not trained.</summary>
    public EncoderFreezing FreezeEncoder { get; init; }

    /// <summary>What the network sees.</summary>
    public InputOptions Input { get; init; } = new();

    /// <summary>The augmentation preset of training samples (docs/reference/augmentation.md).</summary>
    public string Augmentation { get; init; } = "none";

    /// <summary>Whether training masks are dilated, 3x3 and once; null leaves it to the augmentation.</summary>
    public bool? DilateMasks { get; init; }

    /// <summary>Patches that are cut out of training samples; null trains on whole ones.</summary>
    public PatchOptions? Patches { get; init; }

    /// <summary>Percentage of the training part that is used: the split's list <c>train-NNN.txt</c>.</summary>
    public int Fraction { get; init; } = 100;

    /// <summary>The losses, which are added.</summary>
    public IReadOnlyList<LossTerm> Loss { get; init; } = [];

    /// <summary>The optimizer.</summary>
    public OptimizerOptions Optimizer { get; init; } = OptimizerOptions.Kinds.Default;

    /// <summary>The learning-rate schedule.</summary>
    public ScheduleOptions Schedule { get; init; } = ScheduleOptions.Kinds.Default;

    /// <summary>Epochs of the run.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Samples of a batch.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>Batches of a step.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>Largest norm of the gradient; null disables clipping.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>Early-stopping patience in epochs; null disables it.</summary>
    public int? Patience { get; init; }

    /// <summary>Decay of the weights' exponential moving average; null for none.</summary>
    public double? AverageDecay { get; init; }

    /// <summary>Whether batch normalisation keeps the statistics that the weights came with.</summary>
    public bool FreezeBatchNorm { get; init; }

    /// <summary>Compute in bf16 where that is safe.</summary>
    public bool Bf16 { get; init; }

    /// <summary>Seed of all randomness.</summary>
    public int Seed { get; init; }

    /// <summary>What the network sees, with numbers for each of its channels.</summary>
    public Preprocessing Preprocessing => Input.ToPreprocessing(ModelOptions.InChannels);

    /// <summary>The YAML with every key, defaults included; it reads back as the same recipe.</summary>
    public string ToYaml() => RecipeYaml.Write(this);

    /// <summary>The plan that the recipe describes.</summary>
    public TrainingPlan ToPlan()
    {
        ILoss loss = new WeightedSum([.. Loss.Select(term => (term.Loss, term.Weight))]);
        return new TrainingPlan
        {
            Objective = Objective.Create(Preprocessing, Seed),
            Loss = ModelOptions.DeepSupervision == true ? new DeepSupervision(loss) : loss,
            Schedule = () => Schedule.Create(Optimizer.LearningRate, Epochs),
            Optimizer = Optimizer.Create,
            Epochs = Epochs,
            BatchSize = Batch,
            Accumulate = Accumulate,
            ClipNorm = ClipNorm,
            Patience = Patience,
            Seed = Seed,
            Bf16 = Bf16,
            FreezeBatchNorm = FreezeBatchNorm,
            FreezeEncoder = FreezeEncoder,
            EmaDecay = AverageDecay,
        };
    }

    /// <summary>The batches that the recipe trains on.</summary>
    /// <param name="data">The packed set.</param>
    /// <param name="ids">Its training part.</param>
    /// <param name="share">The part of each batch that this process makes.</param>
    public TrainingBatches Batches(PackedDataset data, IReadOnlyList<string> ids, BatchShare share = default)
    {
        var preset = AugmentationPresets.Named(Augmentation);
        var pipeline = preset with { DilateMask = DilateMasks ?? preset.DilateMask };
        var augmenter = pipeline.Operations.Any() || pipeline.DilateMask ? new Augmenter(pipeline, Seed) : null;
        var sampler = Patches is { } patches ? new PatchSampler(patches.Size, patches.WrinkleShare, Seed) : null;
        return new TrainingBatches(data, ids, Batch, Seed, augmenter, sampler, Patches?.PerSample ?? 1, share);
    }
}
