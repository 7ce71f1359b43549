using Rhytid.Torch;

namespace Rhytid.Models;

/// <summary>How a trained network is run.</summary>
public sealed record InferenceSettings
{
    /// <summary>Largest side of a tile: the maps of wide networks must stay below 2 GB.</summary>
    public const int LargestTile = 2560;

    /// <summary>Bits to compute with.</summary>
    public Precision Precision { get; init; } = Precision.Auto;

    /// <summary>Where to compute.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>
    /// Threads that work on one image, for a network on libtorch set for the whole process; as many as there are
    /// processors, or unchanged, unless given.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>Side in pixels of the tiles that larger pictures are cut into; memory grows with its square.</summary>
    public int TileSize { get; init; } = 2048;

    /// <summary>
    /// Pixels by which neighbouring tiles overlap; half of it is thrown away on each side. Unless given, as far as the
    /// network sees: 512 for those that halve the picture four times, 1024 for those that do it five times, at most
    /// half a tile.
    /// </summary>
    public int? TileOverlap { get; init; }

    /// <summary>
    /// Whether convolutions may use Winograd's algorithm in single precision (differences of about 1e-5).
    /// </summary>
    /// <remarks>Only on processors with AVX-512, or with AVX2 and FMA; elsewhere nothing changes.</remarks>
    public bool FastConvolutions { get; init; } = true;
}
