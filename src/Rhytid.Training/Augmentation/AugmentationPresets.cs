namespace Rhytid.Training.Augmentation;

/// <summary>
/// The publications' pipelines; docs/reference/augmentation.md says what is published and what inferred.
/// </summary>
public static class AugmentationPresets
{
    /// <summary>All, in the order of their names in help.</summary>
    public static IReadOnlyList<AugmentationPipeline> All { get; } =
    [
        Moon(), Kim(), Sandu(), Wds(), Parser(), Wrinkles(), FaceParts(), new AugmentationPipeline { Name = "none" }
    ];

    /// <summary>The pipeline of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static AugmentationPipeline Named(string name) =>
        All.FirstOrDefault(preset => preset.Name == name)
            ?? throw new ArgumentException(
                $"there is no augmentation '{name}'; use one of: {string.Join(", ", All.Select(preset => preset.Name))}",
                nameof(name));

    // Of the shipped wrinkle model: photos of any camera and size, lines that stay lines.
    private static AugmentationPipeline Wrinkles() => new()
    {
        Name = "wrinkles",
        Geometry =
        [
            new HorizontalFlip { Probability = 0.5 },
            new Affine("affine") { Shift = 0.08, MinScale = 0.75, MaxScale = 1.3, Degrees = 20, ShearDegrees = 6 },
            new ElasticDistortion { Probability = 0.3 },
        ],
        MaskSampling = MaskSampling.Bilinear,
        Pixels = CameraAndFile(),
    };

    // Of the shipped face parser: tilted, small, cut-off and covered faces.
    private static AugmentationPipeline FaceParts() => new()
    {
        Name = "face-parts",
        Geometry =
        [
            new HorizontalFlip { Probability = 0.5 },
            new Affine("affine") { Shift = 0.15, MinScale = 0.6, MaxScale = 1.6, Degrees = 35, ShearDegrees = 8 },
        ],
        Occlusion = new Occlusion { Probability = 0.3 },
        Pixels = CameraAndFile(),
    };

    private static IReadOnlyList<PixelOperation> CameraAndFile() =>
    [
        new Gamma { Probability = 0.8 },
        new ColorJitter { Brightness = 0.2, Contrast = 0.3, Saturation = 0.5 },
        new ColorCast { Probability = 0.5 },
        new GaussianBlur { Probability = 0.15, MaxKernel = 5 },
        new LowResolution { Probability = 0.35, MaxFactor = 3.5 },
        new GaussianNoise { Probability = 0.35, MinVariance = 5, MaxVariance = 80 },
        new JpegCompression { Probability = 0.35 },
    ];

    // The jitter's magnitudes are inferred.
    private static AugmentationPipeline Wds() => new()
    {
        Name = "wds",
        Geometry = [new HorizontalFlip { Probability = 0.5 }],
        Pixels = [new ColorJitter { Brightness = 0.2, Contrast = 0.2, Saturation = 0.2 }],
    };

    // Of the face parser; its scales are six fixed ones between these.
    private static AugmentationPipeline Parser() => new()
    {
        Name = "parser",
        Geometry = [new HorizontalFlip { Probability = 0.5 }, new Affine("scale") { MinScale = 0.75, MaxScale = 2 }],
        Pixels = [new ColorJitter()],
    };

    // The operations are Moon's, the magnitudes a peer's.
    private static AugmentationPipeline Moon() => new()
    {
        Name = "moon",
        Geometry =
        [
            new HorizontalFlip { Probability = 0.5 },
            new Affine("shift-scale-rotate")
            {
                Probability = 0.5,
                Shift = 0.1,
                MinScale = 0.9,
                MaxScale = 1.1,
                Degrees = 15
            },
            new ElasticDistortion { Probability = 0.2 },
            new GridDistortion { Probability = 0.2 },
            new OpticalDistortion { Probability = 0.2 },
            new Affine("affine")
            {
                Probability = 0.5,
                Shift = 0.1,
                MinScale = 0.8,
                MaxScale = 1.2,
                ScaleAxesApart = true,
                Degrees = 15,
                ShearDegrees = 10
            },
        ],
    };

    private static AugmentationPipeline Kim() => new()
    {
        Name = "kim",
        Geometry = [new HorizontalFlip { Probability = 0.5 }, new Affine("rotate") { Degrees = 45 }],
    };

    private static AugmentationPipeline Sandu() => new()
    {
        Name = "sandu",
        Geometry =
        [
            new Affine("rotate") { Probability = 0.5, Degrees = 15 },
            new HorizontalFlip { Probability = 0.5 },
            new Affine("affine")
            {
                Probability = 0.5,
                Shift = 0.1,
                MinScale = 0.9,
                MaxScale = 1.1,
                ScaleAxesApart = true,
                Degrees = 15
            },
        ],
        Pixels =
        [
            new Clahe { Probability = 0.5 }, new GaussianBlur { Probability = 0.3 },
            new GaussianNoise { Probability = 0.3 }
        ],
        DilateMask = true,
    };
}
