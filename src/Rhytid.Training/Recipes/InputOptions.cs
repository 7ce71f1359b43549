using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Training.Fields;

namespace Rhytid.Training.Recipes;

/// <summary>The section <c>input</c> of a recipe: what the network sees.</summary>
public sealed record InputOptions
{
    internal static IReadOnlyList<Field> Keys { get; } =
    [
        Field<InputOptions>.OneOf(
            "scaling", "`moon` is v / 255 * 2 - 1; `imagenet`, `wds`: mean and std of their publications",
            x => x.Scaling, (x, v) => x with { Scaling = v },
            ("moon", InputScaling.Moon), ("imagenet", InputScaling.ImageNet), ("wds", InputScaling.Wds)),
        Field<InputOptions>.Bool("masked", "pixels that are not skin are black",
            x => x.Masked, (x, v) => x with { Masked = v }),
        Field<InputOptions>.Integer("size", "side in pixels", x => x.Size, (x, v) => x with { Size = v }, min: 32),
        Field<InputOptions>.OneOf(
            "texture", "the fourth channel: `skin` is the pack's texture map, 0 outside the skin; "
                + "`photo` is the map of the whole photo, computed from the augmented pixels (the pack needs none)",
            x => x.WholeTexture, (x, v) => x with { WholeTexture = v }, ("skin", false), ("photo", true)),
        Field<InputOptions>.Number("threshold", "probability from which on a pixel is wrinkle, in validation too",
            x => x.Threshold, (x, v) => x with { Threshold = v }, max: 1),
    ];

    /// <summary>Mean and std of the channels.</summary>
    public InputScaling Scaling { get; init; }

    /// <summary>Whether pixels that are not skin are black.</summary>
    public bool Masked { get; init; } = true;

    /// <summary>Side in pixels.</summary>
    public int Size { get; init; } = 1024;

    /// <summary>Whether the texture map covers the whole photo instead of the skin.</summary>
    public bool WholeTexture { get; init; }

    /// <summary>Probability from which on a pixel is wrinkle.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>The preprocessing for a number of input channels.</summary>
    public Preprocessing ToPreprocessing(int channels)
    {
        double[] Repeat(double value) => [.. Enumerable.Repeat(value, channels)];
        var scaled = Scaling switch
        {
            InputScaling.ImageNet => Preprocessing.ImageNet,
            InputScaling.Wds => Preprocessing.Wds with { Mean = Repeat(0.5), Deviation = Repeat(0.25) },
            _ => Preprocessing.Moon(channels, Masked),
        };
        return scaled with { Masked = Masked, Size = Size, WholeTexture = WholeTexture, Threshold = Threshold };
    }
}

/// <summary>Mean and std of the input channels.</summary>
public enum InputScaling
{
    /// <summary>v / 255 * 2 - 1.</summary>
    Moon,

    /// <summary>ImageNet's mean and std; three channels.</summary>
    ImageNet,

    /// <summary>(v / 255 - 0.5) / 0.25.</summary>
    Wds,
}

/// <summary>The section <c>patches</c> of a recipe: how patches are cut out of training samples.</summary>
public sealed record PatchOptions
{
    internal static IReadOnlyList<Field> Keys { get; } =
    [
        Field<PatchOptions>.Integer("size", "side in pixels", x => x.Size, (x, v) => x with { Size = v }, min: 32),
        Field<PatchOptions>.Integer("per-sample", "patches of each sample",
            x => x.PerSample, (x, v) => x with { PerSample = v }, min: 1),
        Field<PatchOptions>.Number("wrinkle-share", "share of patches that are laid around a wrinkle",
            x => x.WrinkleShare, (x, v) => x with { WrinkleShare = v }, max: 1),
    ];

    /// <summary>Side in pixels.</summary>
    public int Size { get; init; } = 256;

    /// <summary>Patches of each sample.</summary>
    public int PerSample { get; init; } = 1;

    /// <summary>Share of patches that are laid around a wrinkle, 0 to 1.</summary>
    public double WrinkleShare { get; init; } = 0.75;
}
