using Rhytid.Torch;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Batches;

/// <summary>
/// Several samples side by side. Levels are those of the files, 0 to 255; normalisation comes last. Owns its tensors.
/// </summary>
public abstract record WrinkleBatch : IDisposable
{
    /// <summary>The samples' ids, N of them.</summary>
    public required IReadOnlyList<string> Ids { get; init; }

    /// <summary>(N, planes, H, W), UInt8 or Float32: the tensors by channel.</summary>
    /// <exception cref="ArgumentException">Their sizes differ.</exception>
    public ChannelSet<Tensor> Maps
    {
        get;
        init
        {
            RequireSameSize(value);
            field = value;
        }
    } = new();

    /// <summary>(N, 3, H, W): red, green, blue, 0 to 255.</summary>
    public Tensor Photo
    {
        get => Maps[Channel.Photo];
        init => Maps = Maps.With(Channel.Photo, value);
    }

    /// <summary>(N, 1, H, W): texture maps, 0 to 255; null where there are none.</summary>
    public Tensor? Texture
    {
        get => MapOf(Channel.Texture);
        init => Maps = Maps.With(Channel.Texture, value);
    }

    /// <summary>(N, 1, H, W): wrinkle masks of 0 and 1, or between them for soft labels; null without masks.</summary>
    public Tensor? Mask
    {
        get => MapOf(Channel.Wrinkles);
        init => Maps = Maps.With(Channel.Wrinkles, value);
    }

    /// <summary>(N, 1, H, W) of 0 and 1: where pixels count; null for everywhere.</summary>
    public Tensor? Scored
    {
        get => MapOf(Channel.ScoredRegion);
        init => Maps = Maps.With(Channel.ScoredRegion, value);
    }

    /// <summary>(N, 1, H, W) of 0 and 1: the skin; null where there are no skin masks.</summary>
    public Tensor? Skin
    {
        get => MapOf(Channel.Skin);
        init => Maps = Maps.With(Channel.Skin, value);
    }

    /// <summary>(N, 1, H, W): class numbers of a face parser; null where there are none.</summary>
    public Tensor? Labels
    {
        get => MapOf(Channel.Labels);
        init => Maps = Maps.With(Channel.Labels, value);
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (var (_, tensor) in Maps)
            tensor.Dispose();
        GC.SuppressFinalize(this);
    }

    private Tensor? MapOf(Channel channel) => Maps.TryGet(channel, out var tensor) ? tensor : null;

    private static void RequireSameSize(ChannelSet<Tensor> maps)
    {
        if (!maps.TryGet(Channel.Photo, out var photo) || photo.Shape is not [var n, _, var height, var width])
            return;
        foreach (var (channel, tensor) in maps)
            if (channel != Channel.Photo && !tensor.Shape.AsSpan().SequenceEqual([n, channel.Planes(), height, width]))
                throw new ArgumentException(
                    $"the {channel.Plural()} are {tensor}; expected ({n}, {channel.Planes()}, {height}, {width}), "
                    + "as the photos are");
    }
}

/// <summary>Samples to learn from: the only kind that an <see cref="Augmentation.Augmenter"/> takes.</summary>
public sealed record TrainingBatch : WrinkleBatch
{
    /// <summary>The same samples with a function's results in the place of the tensors.</summary>
    internal TrainingBatch Map(Func<Tensor, Tensor> change) =>
        this with { Maps = Maps.Map((_, tensor) => change(tensor)) };
}

/// <summary>
/// Samples to measure by. A type of its own because nothing may change them: a published repository builds its
/// validation set with the training augmentations, and its scores are random.
/// </summary>
public sealed record ValidationBatch : WrinkleBatch;
