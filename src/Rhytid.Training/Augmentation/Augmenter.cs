using System.Drawing;
using System.Numerics;
using System.Runtime.ExceptionServices;
using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Augmentation;

/// <summary>
/// Applies a pipeline to training batches. A sample's augmentation follows from run seed, epoch and id alone: batches
/// of any size and order, on any number of threads, give the same pictures. Safe to call from many threads.
/// </summary>
/// <param name="pipeline">What is done.</param>
/// <param name="seed">The run's seed.</param>
public sealed class Augmenter(AugmentationPipeline pipeline, int seed)
{
    // A mask's pixel is computed from the places of its neighbours, and dilated from its neighbours' pixels.
    private const int Margin = 2;

    /// <summary>Changes nothing.</summary>
    internal static Augmenter Nothing { get; } = new(AugmentationPresets.Named("none"), seed: 0);

    /// <summary>
    /// Augments a batch, all of its pictures or patches of them; of a patch no more is computed than itself.
    /// </summary>
    /// <param name="batch">It stays as it is.</param>
    /// <param name="epoch">Each epoch draws anew.</param>
    /// <param name="patches">Says which patches; null for whole pictures. What covers and what changes levels sees the
    /// patch alone.</param>
    /// <param name="perSample">Patches of each sample, one after the other in the result, the ids repeated.</param>
    /// <returns>
    /// New tensors of Float32, the caller's scope's. With geometric operations there always is a scored region, 0 where
    /// a pixel came from outside its picture: what nobody labelled does not count.
    /// </returns>
    /// <exception cref="ArgumentException">The tensors' shapes do not belong together, or patches are larger than
    /// pictures.</exception>
    public TrainingBatch Apply(TrainingBatch batch, int epoch, PatchSampler? patches = null, int perSample = 1)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perSample);
        Check(batch);
        using var scope = TensorScope.Begin();
        var device = batch.Photo.Device;
        var source = batch.Map(Readable);
        var size = batch.Photo.ImageSize();
        var count = patches is null ? 1 : perSample;
        var made =
            source.Map(
                tensor =>
                    Tensor.Empty(
                        [count * tensor.Size(0), tensor.Size(1), patches?.Size
                            ?? size.Height, patches?.Size ?? size.Width]))
                with { Ids = [.. batch.Ids.SelectMany(id => Enumerable.Repeat(id, count))] };
        if (pipeline.Geometry.Count > 0)
            made = made.With(
                Channel.ScoredRegion,
                made[Channel.ScoredRegion]
                    ?? Tensor.Empty([made.Ids.Count, 1, made.Photo.Size(2), made.Photo.Size(3)]));
        var isFlipped = new bool[made.Ids.Count];
        try
        {
            Parallel.For(0, batch.Ids.Count, i =>
            {
                var move = SampleMove.Draw(pipeline.Geometry, new AugmentationSeed(seed, epoch, batch.Ids[i]), size);
                var parts = patches?.Places(epoch, batch.Ids[i], perSample, Wrinkles(source, i), size, move)
                    ?? [new Rectangle(0, 0, (int)size.Width, (int)size.Height)];
                for (var number = 0; number < count; number++)
                {
                    isFlipped[(i * count) + number] = move.IsFlipped;
                    Draw(source, i, move, parts[number], made, (i * count) + number);
                    Cover(made, (i * count) + number, new AugmentationSeed(seed, epoch, batch.Ids[i]));
                    ChangeLevels(made.Photo, (i * count) + number, new AugmentationSeed(seed, epoch, batch.Ids[i]));
                }
            });
        }
        catch (AggregateException errors)
        {
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }
        var mirrored = made.Maps.Map((channel, map) =>
            channel.Info().Values == ChannelValues.Part ? FacePartSwap.Apply(map, isFlipped) : map);
        return (made with { Maps = mirrored }).Map(tensor => scope.MoveOut(tensor.To(device)));
    }

    /// <summary>Names of the operations that happen to a sample in an epoch.</summary>
    public IReadOnlyList<string> AppliedOperations(string id, int epoch)
    {
        var draws = new AugmentationSeed(seed, epoch, id);
        return [.. pipeline.Operations.Where(operation =>
        {
            var random = draws.For(operation.Name);
            return operation.Happens(ref random);
        }).Select(operation => operation.Name)];
    }

    private static void Check(TrainingBatch batch)
    {
        var shape = batch.Photo.Shape;
        if (shape.Length != 4 || shape[0] != batch.Ids.Count || shape[1] != 3)
            throw new ArgumentException(
                $"the photos are {batch.Photo}; expected ({batch.Ids.Count}, 3, H, W) for {batch.Ids.Count} ids",
                nameof(batch));
    }

    // On the CPU, row by row, of a type that is sampled.
    private static Tensor Readable(Tensor tensor) =>
        (tensor.DType == DType.UInt8 ? tensor : tensor.To(DType.Float32)).To(Device.Cpu).Contiguous();

    private static int[] Wrinkles(TrainingBatch source, int sample) =>
        (source[Channel.Wrinkles], source[Channel.ScoredRegion]) switch
    {
        (null, _) => [],
        ({ DType: DType.UInt8 } mask, null) => PatchSampler.WrinklePixels<byte, byte>(Plane<byte>(mask, sample), []),
        ({ } mask, null) => PatchSampler.WrinklePixels<float, byte>(Plane<float>(mask, sample), []),
        ({ DType: DType.UInt8 } mask, { DType: DType.UInt8 } scored) =>
            PatchSampler.WrinklePixels(Plane<byte>(mask, sample), Plane<byte>(scored, sample)),
        ({ DType: DType.UInt8 } mask, { } scored) =>
            PatchSampler.WrinklePixels(Plane<byte>(mask, sample), Plane<float>(scored, sample)),
        ({ } mask, { DType: DType.UInt8 } scored) =>
            PatchSampler.WrinklePixels(Plane<float>(mask, sample), Plane<byte>(scored, sample)),
        ({ } mask, { } scored) => PatchSampler.WrinklePixels(Plane<float>(mask, sample), Plane<float>(scored, sample)),
    };

    // One plane of (N, C, H, W), by its number in all.
    private static Span<T> Plane<T>(Tensor tensor, int number)
        where T : unmanaged
    {
        var length = (int)(tensor.Size(2) * tensor.Size(3));
        return tensor.AsSpan<T>().Slice(number * length, length);
    }

    private void Draw(TrainingBatch source, int sample, SampleMove move, Rectangle part, TrainingBatch made, int place)
    {
        var size = source.Photo.ImageSize();
        var grid =
            move.Grid(
                Rectangle.Intersect(
                    Rectangle.Inflate(part, Margin, Margin), new Rectangle(0, 0, (int)size.Width, (int)size.Height)));
        foreach (var (channel, to) in made.Maps)
        {
            _ = source.Maps.TryGet(channel, out var from);
            var (info, planes) = (channel.Info(), channel.Info().Planes);
            var rule = RuleOf(info.Values);
            if (info.Values == ChannelValues.Line && pipeline.DilateMask)
                DrawDilated(from!, sample, grid, part, rule, Plane<float>(to, place));
            else
                for (var plane = 0; plane < planes; plane++)
                    Resample(
                        from, (planes * sample) + plane, size, grid, part, rule,
                        Plane<float>(to, (planes * place) + plane));
        }
    }

    private Resampling RuleOf(ChannelValues values) => values switch
    {
        ChannelValues.Color or ChannelValues.Level => Resampling.Bilinear,
        ChannelValues.Flag or ChannelValues.Region or ChannelValues.Part => Resampling.Nearest,
        ChannelValues.Line => pipeline.MaskSampling switch
        {
            MaskSampling.KeepLines => Resampling.KeepLines,
            MaskSampling.Nearest => Resampling.Nearest,
            MaskSampling.Bilinear => Resampling.Bilinear,
            var sampling => throw Channels.Unknown(sampling),
        },
        _ => throw Channels.Unknown(values),
    };

    private static void DrawDilated(
        Tensor source, int sample, SamplingGrid grid, Rectangle part, Resampling rule, Span<float> target)
    {
        var wider = Rectangle.Intersect(Rectangle.Inflate(part, 1, 1), grid.Window);
        var thin = new float[wider.Width * wider.Height];
        Resample(source, sample, source.ImageSize(), grid, wider, rule, thin);
        MaskDilation.Dilate(thin, wider, part, target);
    }

    private static void Resample(
        Tensor? source, int plane, Size2 size, SamplingGrid grid, Rectangle part, Resampling rule, Span<float> target)
    {
        if (source is null)
            Resample<byte>([], size, grid, part, rule, target);
        else if (source.DType == DType.UInt8)
            Resample<byte>(Plane<byte>(source, plane), size, grid, part, rule, target);
        else
            Resample<float>(Plane<float>(source, plane), size, grid, part, rule, target);
    }

    private static void Resample<T>(
        ReadOnlySpan<T> plane, Size2 size, SamplingGrid grid, Rectangle part, Resampling rule, Span<float> target)
        where T : unmanaged, INumberBase<T>
    {
        var sampler = new PlaneSampler<T>(plane, (int)size.Width, (int)size.Height, grid);
        switch (rule)
        {
            case Resampling.Bilinear:
                sampler.Bilinear(part, target);
                break;
            case Resampling.KeepLines:
                sampler.KeepLines(part, target);
                break;
            default:
                sampler.Nearest(part, target);
                break;
        }
    }

    // In place.
    private void Cover(TrainingBatch made, int place, AugmentationSeed draws)
    {
        if (pipeline.Occlusion is not { } occlusion)
            return;
        var random = draws.For(occlusion.Name);
        if (!occlusion.Happens(ref random))
            return;
        using var scope = TensorScope.Begin();
        var sample = made.Map(tensor => tensor.Narrow(0, place, 1));
        var covered = occlusion.Apply(sample, ref random);
        foreach (var (channel, map) in sample.Maps)
            map.CopyFrom(covered.Maps[channel]);
    }

    // In place.
    private void ChangeLevels(Tensor photos, int place, AugmentationSeed draws)
    {
        if (pipeline.Pixels.Count == 0)
            return;
        using var scope = TensorScope.Begin();
        var photo = photos.Narrow(0, place, 1);
        var changed = photo;
        foreach (var operation in pipeline.Pixels)
        {
            var random = draws.For(operation.Name);
            if (operation.Happens(ref random))
                changed = operation.Apply(changed, ref random);
        }
        if (changed != photo)
            photo.CopyFrom(changed);
    }

    private enum Resampling
    {
        Bilinear,
        Nearest,
        KeepLines,
    }
}
