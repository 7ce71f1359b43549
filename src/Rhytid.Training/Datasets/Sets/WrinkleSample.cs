namespace Rhytid.Training.Datasets.Sets;

/// <summary>The files that a data set has of one photo; a path is null where there is no such file.</summary>
/// <param name="Id">File name without extension: what joins the files.</param>
public sealed record WrinkleSample(string Id)
{
    /// <summary>The paths by channel.</summary>
    public ChannelSet<string> Paths { get; init; } = new();

    /// <summary>The photo, black outside the skin; no channel, because nothing is trained on it.</summary>
    public string? MaskedImagePath { get; init; }

    /// <summary>The path of a channel's file.</summary>
    public string? this[Channel channel]
    {
        get => Paths.TryGet(channel, out var path) ? path : null;
        init => Paths = Paths.With(channel, value);
    }
}
