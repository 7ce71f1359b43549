namespace Rhytid.Training.Datasets.Sets;

/// <summary>The files that a data set has of one photo; a path is null where there is no such file.</summary>
/// <param name="Id">File name without extension: what joins the files.</param>
public sealed record WrinkleSample(string Id)
{
    /// <summary>The paths by channel.</summary>
    public ChannelSet<string> Paths { get; init; } = new();

    /// <summary>The photo.</summary>
    public string? ImagePath
    {
        get => PathOf(Channel.Photo);
        init => Paths = Paths.With(Channel.Photo, value);
    }

    /// <summary>The manual wrinkle mask.</summary>
    public string? MaskPath
    {
        get => PathOf(Channel.Wrinkles);
        init => Paths = Paths.With(Channel.Wrinkles, value);
    }

    /// <summary>Where pixels count; everywhere without it.</summary>
    public string? ScoredRegionPath
    {
        get => PathOf(Channel.ScoredRegion);
        init => Paths = Paths.With(Channel.ScoredRegion, value);
    }

    /// <summary>The mask of face skin.</summary>
    public string? SkinMaskPath
    {
        get => PathOf(Channel.Skin);
        init => Paths = Paths.With(Channel.Skin, value);
    }

    /// <summary>Face parsing labels, .npy or a picture.</summary>
    public string? LabelsPath
    {
        get => PathOf(Channel.Labels);
        init => Paths = Paths.With(Channel.Labels, value);
    }

    /// <summary>The texture map (weak label).</summary>
    public string? TexturePath
    {
        get => PathOf(Channel.Texture);
        init => Paths = Paths.With(Channel.Texture, value);
    }

    /// <summary>The photo, black outside the skin.</summary>
    public string? MaskedImagePath { get; init; }

    private string? PathOf(Channel channel) => Paths.TryGet(channel, out var path) ? path : null;
}
