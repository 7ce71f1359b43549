namespace Rhytid.Training.Datasets.Sets;

/// <summary>How a folder is read as a data set.</summary>
public sealed record DatasetOptions
{
    /// <summary>The layout; found out unless given.</summary>
    public DatasetLayout? Layout { get; init; }

    /// <summary>The mask value that means wrinkle; the layout's unless given.</summary>
    public int? WrinkleValue { get; init; }

    /// <summary>
    /// Folders that lie elsewhere by channel, such as FFHQ's photos beside masks that somebody published without them.
    /// </summary>
    public ChannelSet<string> Elsewhere { get; init; } = new();
}
