using Rhytid.Torch;

namespace Rhytid.Models;

/// <summary>How a trained network is run.</summary>
public sealed record InferenceSettings
{
    /// <summary>Bits to compute with.</summary>
    public Precision Precision { get; init; } = Precision.Auto;

    /// <summary>Where to compute.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>Side in pixels of the tiles that larger pictures are cut into; memory grows with its square.</summary>
    public int TileSize { get; init; } = 2048;

    /// <summary>Pixels by which neighbouring tiles overlap; half of it is thrown away on each side.</summary>
    public int TileOverlap { get; init; } = 256;

    /// <summary>Whether convolutions may use Winograd's algorithm in single precision (differences of about 1e-5).</summary>
    public bool FastConvolutions { get; init; } = true;
}
