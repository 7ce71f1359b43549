namespace Rhytid.Imaging;

/// <summary>Limits that are checked before memory for the pixels is taken.</summary>
public sealed record ImageLoadOptions
{
    /// <summary>The limits used where none are given.</summary>
    public static ImageLoadOptions Default { get; } = new();

    /// <summary>The most pixels a picture may have, 100 million unless told.</summary>
    public long MaxPixels { get; init; } = 100_000_000;

    /// <summary>The most bytes a file may have, 512 MiB unless told.</summary>
    public int MaxBytes { get; init; } = 512 * 1024 * 1024;
}
