
namespace Rhytid.Training.Datasets.Sets;

/// <summary>How a folder is read as a data set.</summary>
public sealed record DatasetOptions
{
    /// <summary>The layout; found out unless given.</summary>
    public DatasetLayout? Layout { get; init; }

    /// <summary>The mask value that means wrinkle; the layout's unless given.</summary>
    public int? WrinkleValue { get; init; }

    /// <summary>
    /// A folder of photos that lie elsewhere, such as FFHQ's beside masks that somebody published without them.
    /// </summary>
    public string? Photos { get; init; }

    /// <summary>A folder of face parsing labels that lie elsewhere.</summary>
    public string? Labels { get; init; }

    /// <summary>A folder of skin masks that lie elsewhere.</summary>
    public string? SkinMasks { get; init; }
}
