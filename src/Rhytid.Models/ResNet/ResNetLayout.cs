namespace Rhytid.Models;

/// <summary>
/// Which residual network: numbers of blocks, and what a block is (He et al., 2016; Xie et al., 2017).
/// </summary>
/// <param name="Blocks">Blocks in each of the layers: four of a whole network, fewer where it is cut.</param>
/// <param name="Bottleneck">Blocks of three convolutions that end in four times the channels, instead of two plain
/// ones.</param>
/// <param name="Groups">Groups of the bottleneck's 3x3 convolution.</param>
/// <param name="Widening">Channels of the bottleneck's 3x3 convolution, as a multiple of the layer's.</param>
internal sealed record ResNetLayout(int[] Blocks, bool Bottleneck, int Groups = 1, int Widening = 1)
{
    /// <summary>The published number of channels after the first convolution.</summary>
    public const int PublishedWidth = 64;

    public static ResNetLayout ResNet18 { get; } = new([2, 2, 2, 2], Bottleneck: false);

    /// <summary>
    /// ResNet-18 cut after its third layer: 2.8 of its 11.2 million values, and all maps down to a sixteenth.
    /// </summary>
    public static ResNetLayout ResNet18Cut { get; } = new([2, 2, 2], Bottleneck: false);

    public static ResNetLayout ResNet34 { get; } = new([3, 4, 6, 3], Bottleneck: false);

    public static ResNetLayout ResNet50 { get; } = new([3, 4, 6, 3], Bottleneck: true);

    /// <summary>32 groups of 4 channels in the first layer.</summary>
    public static ResNetLayout ResNeXt50 { get; } = new([3, 4, 6, 3], Bottleneck: true, Groups: 32, Widening: 2);

    /// <summary>
    /// What the width must be a multiple of: groups are of equal size, and decoders end in a quarter of the width.
    /// </summary>
    public int WidthMultiple => Math.Max(4, Groups / Widening);

    /// <summary>Channels of the encoder's maps, the finest first, for a width of w.</summary>
    public int[] Widths(int w) => [w, .. Blocks.Select((_, layer) => (w << layer) * (Bottleneck ? 4 : 1))];
}
