using Rhytid.Imaging;

namespace Rhytid.Training.Datasets.Packing;

/// <summary>How a data set is packed.</summary>
public sealed record PackOptions
{
    /// <summary>Side of all pictures in pixels. Photos must be square.</summary>
    public required int Size { get; init; }

    /// <summary>
    /// How photos are resized: by area, or Lanczos as Sandu did. Texture maps are computed anew at this size.
    /// </summary>
    public Interpolation ImageResize { get; init; } = Interpolation.Area;

    /// <summary>
    /// How wrinkle masks are shrunk. Skin masks and scored regions go by half of the cell, or nearest where this is
    /// nearest.
    /// </summary>
    public MaskResize MaskResize { get; init; } = MaskResize.Any;

    /// <summary>Keep the parsing labels themselves, in the order of BiSeNet, to train a face parser on.</summary>
    public bool Labels { get; init; }

    /// <summary>A file ends before it would hold more bytes of tensors than this; one sample always fits.</summary>
    public long ShardBytes { get; init; } = 1_000_000_000;

    /// <summary>Photos that are read at a time; the files do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Replace a pack that is there.</summary>
    public bool Overwrite { get; init; }
}
