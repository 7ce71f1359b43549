using Rhytid.Torch.Nn;
using Rhytid.Torch.Optim;
using Rhytid.Training.Fields;

namespace Rhytid.Training.Recipes;

/// <summary>The optimizer of a recipe: a record for each kind, which <see cref="Kinds"/> lists.</summary>
/// <param name="Id">What recipes call it.</param>
/// <param name="Description">One line for the reference page.</param>
public abstract record OptimizerOptions(string Id, string Description) : IKind
{
    private static readonly Field[] Keys =
    [
        Field<OptimizerOptions>.Number("learning-rate", "largest learning rate",
            x => x.LearningRate, (x, v) => x with { LearningRate = v }),
        Field<OptimizerOptions>.Number("weight-decay", "weight decay; decoupled for adamw, L2 for the others",
            x => x.WeightDecay, (x, v) => x with { WeightDecay = v }),
        Field<OptimizerOptions>.Bool("decay-vectors", "weight decay on biases and normalisations too",
            x => x.DecayVectors, (x, v) => x with { DecayVectors = v }),
        Field<OptimizerOptions>.Texts("fast-parts", "parts of the network that learn faster, such as fresh heads",
            x => x.FastParts.Count == 0 ? null : x.FastParts, (x, v) => x with { FastParts = v }),
        Field<OptimizerOptions>.Number("fast-factor", "factor of their learning rate",
            x => x.FastFactor, (x, v) => x with { FastFactor = v }),
    ];

    /// <summary>All optimizers with their defaults.</summary>
    public static Kinds<OptimizerOptions> Kinds { get; } = new(
        new AdamOptions("adamw", "Adam, decoupled weight decay", (groups, b1, b2) => new AdamW(groups, b1, b2)),
        new AdamOptions("adam", "Adam", (groups, b1, b2) => new Adam(groups, b1, b2)),
        new SgdOptions());

    /// <summary>The largest learning rate.</summary>
    public double LearningRate { get; init; } = 1e-4;

    /// <summary>Weight decay.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Whether weight decay also applies to parameters of one dimension: biases and normalisations.</summary>
    public bool DecayVectors { get; init; } = true;

    /// <summary>Beginnings of the names of parameters that learn faster.</summary>
    public IReadOnlyList<string> FastParts { get; init; } = [];

    /// <summary>Factor of their learning rate.</summary>
    public double FastFactor { get; init; } = 10;

    /// <inheritdoc/>
    public virtual IReadOnlyList<Field> Fields => Keys;

    /// <summary>Builds the optimizer: parameters are grouped by their rate and decay.</summary>
    /// <param name="parameters">A network's parameters.</param>
    /// <param name="rate">The first learning rate.</param>
    public Optimizer Create(IEnumerable<StoredParameter> parameters, double rate) => Create([.. parameters
        .Where(parameter => !parameter.IsBuffer)
        .GroupBy(parameter => (IsFast: IsFast(parameter), Decays: DecayVectors || parameter.Tensor.Dimensions > 1))
        .OrderBy(group => group.Key)
        .Select(group => new ParameterGroup(group, rate, group.Key.Decays ? WeightDecay : 0)
        {
            RateFactor = group.Key.IsFast ? FastFactor : 1,
        })]);

    /// <summary>Builds the optimizer of some groups.</summary>
    private protected abstract Optimizer Create(ParameterGroup[] groups);

    private bool IsFast(StoredParameter parameter) =>
        FastParts.Any(part => parameter.Name.StartsWith(part + ".", StringComparison.Ordinal));
}

/// <summary>Adam in its variants.</summary>
/// <param name="Id">What recipes call it.</param>
/// <param name="Description">One line for the reference page.</param>
/// <param name="Build">Makes the optimizer from groups, beta1 and beta2.</param>
public sealed record AdamOptions(string Id, string Description, Func<ParameterGroup[], double, double, Optimizer> Build)
    : OptimizerOptions(Id, Description)
{
    private static readonly Field[] Keys =
    [
        Field<AdamOptions>.Number("beta1", "decay of the mean gradient", x => x.Beta1, (x, v) => x with { Beta1 = v }),
        Field<AdamOptions>.Number("beta2", "decay of the mean squared gradient",
            x => x.Beta2, (x, v) => x with { Beta2 = v }),
    ];

    /// <summary>Decay of the mean gradient.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the mean squared gradient.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <inheritdoc/>
    public override IReadOnlyList<Field> Fields => [.. base.Fields, .. Keys];

    private protected override Optimizer Create(ParameterGroup[] groups) => Build(groups, Beta1, Beta2);
}

/// <summary>Stochastic gradient descent.</summary>
public sealed record SgdOptions() : OptimizerOptions("sgd", "stochastic gradient descent")
{
    private static readonly Field[] Keys =
        [Field<SgdOptions>.Number("momentum", "momentum", x => x.Momentum, (x, v) => x with { Momentum = v })];

    /// <summary>Momentum.</summary>
    public double Momentum { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<Field> Fields => [.. base.Fields, .. Keys];

    private protected override Optimizer Create(ParameterGroup[] groups) => new Sgd(groups, Momentum);
}
