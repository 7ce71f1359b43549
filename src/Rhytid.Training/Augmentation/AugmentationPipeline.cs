namespace Rhytid.Training.Augmentation;

/// <summary>
/// What is done to training samples: first all geometry, as one resampling; then what changes the photo's levels.
/// </summary>
public sealed record AugmentationPipeline
{
    private readonly IReadOnlyList<GeometricOperation> _geometry = [];
    private readonly IReadOnlyList<PixelOperation> _pixels = [];

    /// <summary>What the recipe calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Moves pixels of photo, texture map, mask and scored region alike, in this order.</summary>
    /// <exception cref="ArgumentException">Two have one name.</exception>
    public IReadOnlyList<GeometricOperation> Geometry
    {
        get => _geometry;
        init => _geometry = Distinct(value);
    }

    /// <summary>Changes the photo's levels, in this order.</summary>
    /// <exception cref="ArgumentException">Two have one name.</exception>
    public IReadOnlyList<PixelOperation> Pixels
    {
        get => _pixels;
        init => _pixels = Distinct(value);
    }

    /// <summary>Covers parts of the face, after geometry and before levels change; null for never.</summary>
    public Occlusion? Occlusion { get; init; }

    /// <summary>
    /// Whether masks are dilated, 3x3 and once: in training only, evaluation is always on the thin mask (Sandu).
    /// </summary>
    public bool DilateMask { get; init; }

    /// <summary>How masks are resampled.</summary>
    public MaskSampling MaskSampling { get; init; } = MaskSampling.KeepLines;

    /// <summary>All operations, in the order in which they are done.</summary>
    public IEnumerable<AugmentationOperation> Operations =>
        [.. Geometry, .. Occlusion is null ? [] : new[] { Occlusion }, .. Pixels];

    private static IReadOnlyList<T> Distinct<T>(IReadOnlyList<T> operations)
        where T : AugmentationOperation
    {
        ArgumentNullException.ThrowIfNull(operations);
        var twice = operations.GroupBy(operation => operation.Name, StringComparer.Ordinal)
            .FirstOrDefault(group => group.Count() > 1);
        return twice is null
            ? operations
            : throw new ArgumentException(
                $"two operations are called {twice.Key}: they would draw the same numbers", nameof(operations));
    }
}

/// <summary>
/// How masks are resampled. Thin lines are what wrinkles are, and plain nearest sampling tears them where pictures
/// shrink.
/// </summary>
public enum MaskSampling
{
    /// <summary>
    /// Nearest where the picture keeps its size or grows. Where it shrinks by a factor s, the largest of four nearest
    /// samples, apart so far that no source pixel is stepped over (for s up to 2): a line of one pixel stays one pixel
    /// wide instead of losing 1 - 1/s of its rows.
    /// </summary>
    KeepLines,

    /// <summary>Nearest alone, as published: a line of one pixel vanishes in part where the picture shrinks.</summary>
    Nearest,

    /// <summary>Linear between the four neighbours: for masks that say how much of a pixel is wrinkle.</summary>
    Bilinear,
}
