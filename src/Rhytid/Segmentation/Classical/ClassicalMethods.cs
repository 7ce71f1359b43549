namespace Rhytid.Segmentation.Classical;

/// <summary>The filter methods by their command-line names, with their default options.</summary>
public static class ClassicalMethods
{
    /// <summary>
    /// The method used where no network is at hand: within 0.003 IoU of the best on both manual data sets, and the only
    /// one that gives length and depth of every line.
    /// </summary>
    public const string Default = "cula";

    private static readonly (string Name, Func<IWrinkleSegmenter> Create)[] All =
    [
        ("gabor", () => new GaborSegmenter()),
        ("hhf", () => new HybridHessianSegmenter()),
        ("hhf-gradient",
            () => new HybridHessianSegmenter(new HybridHessianOptions { Input = HybridHessianInput.Gradient })),
        ("hlt", () => new HessianLineTrackingSegmenter()),
        ("annotator", () => new WrinkleAnnotatorSegmenter()),
        ("cula", () => new CulaSegmenter()),
        ("texture-threshold", () => new TextureThresholdSegmenter()),
    ];

    /// <summary>Every name, in the order of the documentation.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(method => method.Name)];

    /// <summary>Makes a method with its default options.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">There is no such method.</exception>
    public static IWrinkleSegmenter Create(string name) =>
        Array.Find(All, method => method.Name == name).Create?.Invoke()
        ?? throw new ArgumentException(
            $"no classical method is called '{name}'; there are {string.Join(", ", Names)}", nameof(name));
}
