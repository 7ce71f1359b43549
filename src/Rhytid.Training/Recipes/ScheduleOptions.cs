using Rhytid.Training.Fields;
using Rhytid.Training.Schedules;

namespace Rhytid.Training.Recipes;

/// <summary>The learning-rate schedule of a recipe: a record for each kind, which <see cref="Kinds"/> lists.</summary>
/// <param name="Id">What recipes call it.</param>
/// <param name="Description">One line for the reference page.</param>
public abstract record ScheduleOptions(string Id, string Description) : IKind
{
    /// <summary>All schedules with their defaults.</summary>
    public static Kinds<ScheduleOptions> Kinds { get; } = new(
        new ConstantOptions(),
        new CosineOptions(),
        new CosineRestartsOptions(),
        new PlateauOptions(),
        new PolynomialOptions());

    /// <inheritdoc/>
    public virtual IReadOnlyList<Field> Fields => [];

    /// <summary>Builds the schedule.</summary>
    /// <param name="learningRate">The largest learning rate.</param>
    /// <param name="epochs">Epochs of the run.</param>
    public abstract ISchedule Create(double learningRate, int epochs);
}

/// <summary>The same learning rate throughout.</summary>
public sealed record ConstantOptions() : ScheduleOptions("constant", "the same learning rate throughout")
{
    /// <inheritdoc/>
    public override ISchedule Create(double learningRate, int epochs) => new Constant(learningRate);
}

/// <summary>A schedule that falls to a minimum.</summary>
/// <param name="Id">What recipes call it.</param>
/// <param name="Description">One line for the reference page.</param>
public abstract record FallingOptions(string Id, string Description) : ScheduleOptions(Id, Description)
{
    private static readonly Field[] Keys =
        [Field<FallingOptions>.Number("minimum", "lowest learning rate",
            x => x.Minimum, (x, v) => x with { Minimum = v })];

    /// <summary>The lowest learning rate.</summary>
    public double Minimum { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<Field> Fields => Keys;
}

/// <summary>Half a cosine over the run.</summary>
public sealed record CosineOptions() : FallingOptions("cosine", "half a cosine over the run")
{
    /// <inheritdoc/>
    public override ISchedule Create(double learningRate, int epochs) => new CosineDecay(epochs, learningRate, Minimum);
}

/// <summary>Cosine annealing with warm restarts.</summary>
public sealed record CosineRestartsOptions() : FallingOptions("cosine-restarts", "cosine annealing with warm restarts")
{
    private static readonly Field[] Keys =
    [
        Field<CosineRestartsOptions>.Integer("period", "epochs of the first period",
            x => x.Period, (x, v) => x with { Period = v }, min: 1),
        Field<CosineRestartsOptions>.Integer("growth", "factor from period to period",
            x => x.Growth, (x, v) => x with { Growth = v }, min: 1),
        Field<CosineRestartsOptions>.Number("decay", "factor from maximum to maximum",
            x => x.Decay, (x, v) => x with { Decay = v }),
    ];

    /// <summary>Epochs of the first period.</summary>
    public int Period { get; init; } = 100;

    /// <summary>Factor from period to period.</summary>
    public int Growth { get; init; } = 2;

    /// <summary>Factor from maximum to maximum.</summary>
    public double Decay { get; init; } = 1;

    /// <inheritdoc/>
    public override IReadOnlyList<Field> Fields => [.. Keys, .. base.Fields];

    /// <inheritdoc/>
    public override ISchedule Create(double learningRate, int epochs) =>
        new CosineRestarts(Period, learningRate, Minimum, Growth, Decay);
}

/// <summary>Reduction where the validation loss stays on a plateau.</summary>
public sealed record PlateauOptions() : FallingOptions("plateau", "reduction where the validation loss no longer falls")
{
    private static readonly Field[] Keys =
    [
        Field<PlateauOptions>.Integer("patience", "epochs without a lower loss that are tolerated",
            x => x.Patience, (x, v) => x with { Patience = v }),
        Field<PlateauOptions>.Number("factor", "factor of a reduction", x => x.Factor, (x, v) => x with { Factor = v }),
    ];

    /// <summary>Epochs without a lower loss before a reduction.</summary>
    public int Patience { get; init; } = 15;

    /// <summary>Factor of a reduction.</summary>
    public double Factor { get; init; } = 0.75;

    /// <inheritdoc/>
    public override IReadOnlyList<Field> Fields => [.. Keys, .. base.Fields];

    /// <inheritdoc/>
    public override ISchedule Create(double learningRate, int epochs) =>
        new ReduceOnPlateau(learningRate, Patience, Factor, Minimum);
}

/// <summary>Polynomial decay after a warm-up.</summary>
public sealed record PolynomialOptions() : ScheduleOptions("polynomial", "polynomial decay after a warm-up")
{
    private static readonly Field[] Keys =
    [
        Field<PolynomialOptions>.Number("power", "power of the decay", x => x.Power, (x, v) => x with { Power = v }),
        Field<PolynomialOptions>.Integer("warm-up", "epochs of warm-up",
            x => x.WarmUp, (x, v) => x with { WarmUp = v }),
    ];

    /// <summary>Power of the decay.</summary>
    public double Power { get; init; } = 0.9;

    /// <summary>Epochs of warm-up.</summary>
    public int WarmUp { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<Field> Fields => Keys;

    /// <inheritdoc/>
    public override ISchedule Create(double learningRate, int epochs) =>
        new PolynomialDecay(epochs, learningRate, Power, WarmUp);
}
