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
    public Tensor Photo => Maps[Channel.Photo];

    /// <summary>
    /// (N, planes, H, W): the tensor of a channel; null where there is none, which for the scored region is everywhere.
    /// </summary>
    public Tensor? this[Channel channel]
    {
        get => Maps.TryGet(channel, out var tensor) ? tensor : null;
        init => Maps = Maps.With(channel, value);
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (var (_, tensor) in Maps)
            tensor.Dispose();
        GC.SuppressFinalize(this);
    }

    private static void RequireSameSize(ChannelSet<Tensor> maps)
    {
        if (!maps.TryGet(Channel.Photo, out var photo) || photo.Shape is not [var n, _, var height, var width])
            return;
        foreach (var (channel, tensor) in maps.Where(map => map.Key != Channel.Photo))
            if (channel.Info() is var info && !tensor.Shape.AsSpan().SequenceEqual([n, info.Planes, height, width]))
                throw new ArgumentException(
                    $"the {info.Plural} are {tensor}; expected ({n}, {info.Planes}, {height}, {width}), as the photos are");
    }
}

/// <summary>Samples to learn from: the only kind that an <see cref="Augmentation.Augmenter"/> takes.</summary>
public sealed record TrainingBatch : WrinkleBatch
{
    /// <summary>The same samples with another tensor of a channel; null leaves the channel out.</summary>
    public TrainingBatch With(Channel channel, Tensor? tensor) => this with { Maps = Maps.With(channel, tensor) };

    /// <summary>The same samples with a function's results in the place of the tensors.</summary>
    internal TrainingBatch Map(Func<Tensor, Tensor> change) =>
        this with { Maps = Maps.Map((_, tensor) => change(tensor)) };
}

/// <summary>
/// Samples to measure by. A type of its own because nothing may change them: a published repository builds its
/// validation set with the training augmentations, and its scores are random.
/// </summary>
public sealed record ValidationBatch : WrinkleBatch;
