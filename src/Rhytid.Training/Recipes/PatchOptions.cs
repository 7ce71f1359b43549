using Rhytid.Training.Fields;

namespace Rhytid.Training.Recipes;

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
