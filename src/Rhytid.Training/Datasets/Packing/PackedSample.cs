using Rhytid.Torch;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Datasets.Packing;

/// <summary>
/// One sample of a pack. The bytes lie in the memory-mapped file: they are read when touched and valid until the
/// <see cref="PackedDataset"/> is disposed.
/// </summary>
public sealed class PackedSample
{
    internal PackedSample(string id, int size, ChannelSet<ReadOnlyMemory<byte>> maps) =>
        (Id, Size, Maps) = (id, size, maps);

    /// <summary>The sample's id.</summary>
    public string Id { get; }

    /// <summary>Side in pixels: H and W below.</summary>
    public int Size { get; }

    /// <summary>Planes of H x W bytes by channel.</summary>
    public ChannelSet<ReadOnlyMemory<byte>> Maps { get; }

    /// <summary>The photo: planes of red, green, blue, 3 x H x W.</summary>
    public ReadOnlyMemory<byte> Image => Maps[Channel.Photo];

    /// <summary>The texture map, 1 x H x W, or null.</summary>
    public ReadOnlyMemory<byte>? Texture => MapOf(Channel.Texture);

    /// <summary>
    /// The wrinkle mask, 1 x H x W of 0 and 1 (or up to the pack's <see cref="PackedDataset.MaskLevels"/>), or null.
    /// </summary>
    public ReadOnlyMemory<byte>? Mask => MapOf(Channel.Wrinkles);

    /// <summary>Where pixels count, 1 x H x W of 0 and 1; null for everywhere.</summary>
    public ReadOnlyMemory<byte>? Scored => MapOf(Channel.ScoredRegion);

    /// <summary>The skin, 1 x H x W of 0 and 1, or null.</summary>
    public ReadOnlyMemory<byte>? Skin => MapOf(Channel.Skin);

    /// <summary>The face parser's class of each pixel in the order of BiSeNet, 1 x H x W, or null.</summary>
    public ReadOnlyMemory<byte>? Labels => MapOf(Channel.Labels);

    /// <summary>A channel as a tensor of uint8 with its own memory, (planes, H, W).</summary>
    /// <exception cref="KeyNotFoundException">The sample has none.</exception>
    public Tensor ToTensor(Channel channel) =>
        Tensor.FromBytes(Maps[channel].Span, DType.UInt8, channel.Planes(), Size, Size);

    // A bare null would become empty memory here, by way of a null array.
    private ReadOnlyMemory<byte>? MapOf(Channel channel) =>
        Maps.TryGet(channel, out var bytes) ? bytes : default(ReadOnlyMemory<byte>?);
}
