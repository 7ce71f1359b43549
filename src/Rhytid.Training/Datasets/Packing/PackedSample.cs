using Rhytid.Torch;

namespace Rhytid.Training.Datasets.Packing;

/// <summary>
/// One sample of a pack. The bytes lie in the memory-mapped file: they are read when touched and valid until the
/// <see cref="PackedDataset"/> is disposed.
/// </summary>
public sealed class PackedSample
{
    internal PackedSample(string id, int size) => (Id, Size) = (id, size);

    /// <summary>The sample's id.</summary>
    public string Id { get; }

    /// <summary>Side in pixels: H and W below.</summary>
    public int Size { get; }

    /// <summary>The photo: planes of red, green, blue, 3 x H x W.</summary>
    public ReadOnlyMemory<byte> Image { get; internal set; }

    /// <summary>The texture map, 1 x H x W, or null.</summary>
    public ReadOnlyMemory<byte>? Texture { get; internal set; }

    /// <summary>
    /// The wrinkle mask, 1 x H x W of 0 and 1 (or up to the pack's <see cref="PackedDataset.MaskLevels"/>), or null.
    /// </summary>
    public ReadOnlyMemory<byte>? Mask { get; internal set; }

    /// <summary>Where pixels count, 1 x H x W of 0 and 1; null for everywhere.</summary>
    public ReadOnlyMemory<byte>? Scored { get; internal set; }

    /// <summary>The skin, 1 x H x W of 0 and 1, or null.</summary>
    public ReadOnlyMemory<byte>? Skin { get; internal set; }

    /// <summary>The face parser's class of each pixel in the order of BiSeNet, 1 x H x W, or null.</summary>
    public ReadOnlyMemory<byte>? Labels { get; internal set; }

    /// <summary>The photo as a tensor of uint8 with its own memory, (3, H, W).</summary>
    public Tensor ImageTensor() => Copy(Image, 3);

    /// <summary>The texture map as a tensor of uint8 with its own memory, (1, H, W), or null.</summary>
    public Tensor? TextureTensor() => Copy(Texture);

    /// <summary>The wrinkle mask as a tensor of uint8 with its own memory, (1, H, W), or null.</summary>
    public Tensor? MaskTensor() => Copy(Mask);

    /// <summary>Where pixels count as a tensor of uint8 with its own memory, (1, H, W), or null.</summary>
    public Tensor? ScoredTensor() => Copy(Scored);

    /// <summary>The skin as a tensor of uint8 with its own memory, (1, H, W), or null.</summary>
    public Tensor? SkinTensor() => Copy(Skin);

    private Tensor? Copy(ReadOnlyMemory<byte>? bytes) => bytes is { } present ? Copy(present, 1) : null;

    private Tensor Copy(ReadOnlyMemory<byte> bytes, int channels) =>
        Tensor.FromBytes(bytes.Span, DType.UInt8, channels, Size, Size);
}
