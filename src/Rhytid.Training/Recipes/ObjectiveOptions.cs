using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Training.Fields;
using Rhytid.Training.Losses;
using Rhytid.Training.Objectives;

namespace Rhytid.Training.Recipes;

/// <summary>The objective of a recipe: a record for each kind in <see cref="Kinds"/>.</summary>
/// <param name="Id">What recipes call it.</param>
/// <param name="Description">One line for the reference page.</param>
public abstract record ObjectiveOptions(string Id, string Description) : IKind
{
    /// <summary>All objectives with their defaults.</summary>
    public static Kinds<ObjectiveOptions> Kinds { get; } = new(
        new WrinkleOptions(),
        new TextureOptions(),
        new DenoisingOptions(),
        new MaskedImageModelingOptions(),
        new RestorationOptions("reconstruct", "pre-training: the photo itself", RestorationObjective.Reconstruct),
        new RestorationOptions("deblur", "pre-training: the photo from a blurred one", RestorationObjective.Deblur),
        new RestorationOptions(
            "superres", "pre-training: the photo from a small one", RestorationObjective.SuperResolve),
        new ParsingOptions());

    /// <inheritdoc/>
    public virtual IReadOnlyList<Field> Fields => [];

    /// <summary>What losses compare the network's answer with.</summary>
    public virtual TargetKind Targets => TargetKind.Values;

    /// <summary>The least number of output channels.</summary>
    public virtual int MinChannels => 3;

    /// <summary>The largest number of output channels.</summary>
    public virtual int MaxChannels => 3;

    /// <summary>The score that chooses the best epoch; null where the validation loss does.</summary>
    public virtual string? ScoreName => null;

    /// <summary>Builds the objective.</summary>
    /// <param name="input">What the network sees.</param>
    /// <param name="seed">The run's seed.</param>
    public abstract IObjective Create(Preprocessing input, int seed);
}

/// <summary>Segmentation of wrinkles.</summary>
public sealed record WrinkleOptions() : ObjectiveOptions("wrinkles", "wrinkle masks")
{
    private static readonly Field[] Keys =
    [
        Field<WrinkleOptions>.Number("soft-labels", "std in pixels of the blur of training labels; 0 leaves them",
            x => x.SoftLabels, (x, v) => x with { SoftLabels = v }),
    ];

    /// <summary>Std in pixels of the blur that softens labels; 0 leaves them.</summary>
    public double SoftLabels { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<Field> Fields => Keys;

    /// <inheritdoc/>
    public override TargetKind Targets => TargetKind.Wrinkles;

    /// <inheritdoc/>
    public override int MinChannels => 1;

    /// <inheritdoc/>
    public override int MaxChannels => 2;

    /// <inheritdoc/>
    public override string ScoreName => "mean JSI";

    /// <inheritdoc/>
    public override IObjective Create(Preprocessing input, int seed) => new WrinkleObjective(input, SoftLabels);
}

/// <summary>Regression of the texture map (Moon's weak labels).</summary>
public sealed record TextureOptions() : ObjectiveOptions("texture", "pre-training: the texture map")
{
    private static readonly Field[] Keys =
    [
        Field<TextureOptions>.Number("low", "target of level 0", x => x.Low, (x, v) => x with { Low = v }, min: -1),
        Field<TextureOptions>.Number("high", "target of level 255", x => x.High, (x, v) => x with { High = v }),
    ];

    /// <summary>Target of level 0.</summary>
    public double Low { get; init; } = -1;

    /// <summary>Target of level 255.</summary>
    public double High { get; init; } = 1;

    /// <inheritdoc/>
    public override IReadOnlyList<Field> Fields => Keys;

    /// <inheritdoc/>
    public override int MinChannels => 1;

    /// <inheritdoc/>
    public override int MaxChannels => 1;

    /// <inheritdoc/>
    public override IObjective Create(Preprocessing input, int seed) => new TextureObjective(input, Low, High);
}

/// <summary>Denoising pre-training.</summary>
public sealed record DenoisingOptions() : ObjectiveOptions("denoise", "pre-training: the noise in a photo")
{
    private static readonly Field[] Keys =
    [
        Field<DenoisingOptions>.Number("sigma", "std of the noise, in units of the scaled photo",
            x => x.Sigma, (x, v) => x with { Sigma = v }),
        Field<DenoisingOptions>.Bool("simple", "do not scale photo plus noise back",
            x => x.IsSimple, (x, v) => x with { IsSimple = v }),
        Field<DenoisingOptions>.OneOf("target", "what the network predicts",
            x => x.ToImage, (x, v) => x with { ToImage = v },
            ("noise", false), ("image", true)),
    ];

    /// <summary>Std of the noise, in units of the scaled photo.</summary>
    public double Sigma { get; init; } = 0.2;

    /// <summary>Whether the sum of photo and noise is not scaled back.</summary>
    public bool IsSimple { get; init; }

    /// <summary>Whether the target is the photo instead of the noise.</summary>
    public bool ToImage { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<Field> Fields => Keys;

    /// <inheritdoc/>
    public override IObjective Create(Preprocessing input, int seed) =>
        new DenoisingObjective(input, Sigma, IsSimple, ToImage, seed);
}

/// <summary>Masked image modelling.</summary>
public sealed record MaskedImageModelingOptions() : ObjectiveOptions("mim", "masked image modelling: hidden patches")
{
    private static readonly Field[] Keys =
    [
        Field<MaskedImageModelingOptions>.Integer("patch", "side of a hidden patch in pixels",
            x => x.Patch, (x, v) => x with { Patch = v }, min: 1),
        Field<MaskedImageModelingOptions>.Number("ratio", "share of patches that is hidden",
            x => x.Ratio, (x, v) => x with { Ratio = v }, max: 1),
    ];

    /// <summary>Side of a hidden patch in pixels.</summary>
    public int Patch { get; init; } = 32;

    /// <summary>Share of patches that is hidden.</summary>
    public double Ratio { get; init; } = 0.6;

    /// <inheritdoc/>
    public override IReadOnlyList<Field> Fields => Keys;

    /// <inheritdoc/>
    public override IObjective Create(Preprocessing input, int seed) =>
        new MaskedImageModelingObjective(input, Patch, Ratio, seed);
}

/// <summary>Pre-training by restoration of a photo.</summary>
/// <param name="Id">What recipes call it.</param>
/// <param name="Description">One line for the reference page.</param>
/// <param name="Build">Makes the objective.</param>
public sealed record RestorationOptions(string Id, string Description, Func<Preprocessing, IObjective> Build)
    : ObjectiveOptions(Id, Description)
{
    /// <inheritdoc/>
    public override IObjective Create(Preprocessing input, int seed) => Build(input);
}

/// <summary>Face parsing.</summary>
public sealed record ParsingOptions() : ObjectiveOptions("parsing", "parts of faces")
{
    /// <inheritdoc/>
    public override TargetKind Targets => TargetKind.Classes;

    /// <inheritdoc/>
    public override int MinChannels => 2;

    /// <inheritdoc/>
    public override int MaxChannels => 255;

    /// <inheritdoc/>
    public override string ScoreName => "mean IoU of classes";

    /// <inheritdoc/>
    public override IObjective Create(Preprocessing input, int seed) => new ParsingObjective(input);
}
