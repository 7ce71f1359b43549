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

    /// <summary>Side in pixels.</summary>
    public int Size { get; }

    /// <summary>Planes of size x size bytes by channel.</summary>
    public ChannelSet<ReadOnlyMemory<byte>> Maps { get; }

    /// <summary>The photo: planes of red, green, blue.</summary>
    public ReadOnlyMemory<byte> Photo => Maps[Channel.Photo];

    /// <summary>
    /// The planes of a channel, or null. A wrinkle mask goes up to the pack's <see cref="PackedDataset.MaskLevels"/>.
    /// </summary>
    // A bare null would become empty memory here, by way of a null array.
    public ReadOnlyMemory<byte>? this[Channel channel] =>
        Maps.TryGet(channel, out var bytes) ? bytes : default(ReadOnlyMemory<byte>?);

    /// <summary>A channel as a tensor of uint8 with its own memory, (planes, H, W).</summary>
    /// <exception cref="KeyNotFoundException">The sample has none.</exception>
    public Tensor ToTensor(Channel channel) =>
        Tensor.FromBytes(Maps[channel].Span, DType.UInt8, channel.Info().Planes, Size, Size);
}
