namespace Rhytid.Networks;

/// <summary>What a network was trained to see. Saved with its weights: at inference nothing is guessed.</summary>
public sealed record Preprocessing
{
    /// <summary>Side in pixels of the square face image.</summary>
    public int Size { get; init; } = 1024;

    /// <summary>Per input channel, in units of v / 255: the network gets (v / 255 - mean) / deviation.</summary>
    public IReadOnlyList<double> Mean { get; init; } = [0.5, 0.5, 0.5];

    /// <summary>Per input channel, see <see cref="Mean"/>.</summary>
    public IReadOnlyList<double> Deviation { get; init; } = [0.5, 0.5, 0.5];

    /// <summary>Whether pixels that are not skin are black before scaling.</summary>
    public bool Masked { get; init; }

    /// <summary>
    /// Whether the texture map covers the whole photo. Else it is 0 outside the skin, as in the publications; then a
    /// network's answer depends on how the skin was found.
    /// </summary>
    public bool WholeTexture { get; init; }

    /// <summary>Probability from which on a pixel is wrinkle, unless the user says otherwise.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>v / 255 * 2 - 1 for every channel, 1024 pixels: Moon et al., stage 2 (masked) or stage 1.</summary>
    /// <param name="channels">3 for colour, 4 for colour and texture map.</param>
    /// <param name="masked">Whether pixels that are not skin are black.</param>
    public static Preprocessing Moon(int channels, bool masked) =>
        new() { Mean = Repeat(0.5, channels), Deviation = Repeat(0.5, channels), Masked = masked };

    /// <summary>ImageNet's mean and deviation, 512 pixels, masked: Kim et al., Bui et al., Sandu.</summary>
    public static Preprocessing ImageNet { get; } =
        new() { Size = 512, Mean = [0.485, 0.456, 0.406], Deviation = [0.229, 0.224, 0.225], Masked = true };

    /// <summary>
    /// (v / 255 - 0.5) / 0.25 for colour and texture map, 640 pixels: the semi-automatic labels' own recipe.
    /// </summary>
    public static Preprocessing Wds { get; } =
        new() { Size = 640, Mean = Repeat(0.5, 4), Deviation = Repeat(0.25, 4), Masked = true };

    /// <summary>What an architecture's publication used, for weights that come without a word about it.</summary>
    public static Preprocessing For(string model, int channels) => model switch
    {
        "wds-unet" =>
            channels == 4 ? Wds : Wds with { Mean = Repeat(0.5, channels), Deviation = Repeat(0.25, channels) },
        "resnet18-fine" => Moon(channels, masked: false) with { Size = 512, WholeTexture = channels == 4 },
        "unetpp-resnext50" or "unetpp-resnet50" or "sandu-attunet" or "sandu-unet" or "bisenet" when channels == 3 =>
            ImageNet,
        _ => Moon(channels, masked: true),
    };

    /// <summary>Whether the values belong to a network with that many input channels.</summary>
    /// <exception cref="ArgumentException">They do not; the message says why.</exception>
    public void Check(int channels)
    {
        if (Mean.Count != channels || Deviation.Count != channels)
            throw new ArgumentException(
                $"the preprocessing has {Mean.Count} means and {Deviation.Count} deviations for {channels} input channels");
        if (channels is not (3 or 4))
            throw new ArgumentException(
                $"a network that looks at faces has 3 (colour) or 4 (colour and texture map) input channels, not {channels}");
        if (Size is < 32 or > 8192)
            throw new ArgumentException($"the preprocessing's size is {Size}; 32 to 8192 pixels are possible");
        if (!Mean.All(double.IsFinite) || !Deviation.All(value => double.IsFinite(value) && value != 0))
            throw new ArgumentException(
                "the preprocessing has a mean or deviation that is no number, or a deviation of 0");
        if (Threshold is not (>= 0 and <= 1))
            throw new ArgumentException($"the preprocessing's threshold is {Threshold}; it lies between 0 and 1");
    }

    private static double[] Repeat(double value, int count) => [.. Enumerable.Repeat(value, count)];
}
