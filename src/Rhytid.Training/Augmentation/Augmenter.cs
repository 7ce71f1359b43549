using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Training.Batches;

namespace Rhytid.Training.Augmentation;

/// <summary>
/// Applies a pipeline to training batches. A sample's augmentation follows from run seed, epoch and id alone: batches of any size and
/// order, on any number of threads, give the same pictures. Safe to call from many threads.
/// </summary>
/// <param name="pipeline">What is done.</param>
/// <param name="seed">The run's seed.</param>
public sealed class Augmenter(AugmentationPipeline pipeline, int seed)
{
    /// <summary>Augments a batch.</summary>
    /// <param name="batch">It stays as it is.</param>
    /// <param name="epoch">Each epoch draws anew.</param>
    /// <returns>
    /// New tensors of Float32, the caller's scope's. With geometric operations there always is a scored region, 0 where a pixel came from
    /// outside its picture: what nobody labelled does not count.
    /// </returns>
    /// <exception cref="ArgumentException">The tensors' shapes do not belong together.</exception>
    public TrainingBatch Apply(TrainingBatch batch, int epoch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Check(batch);
        using var scope = TensorScope.Begin();
        var seeds = batch.Ids.Select(id => new AugmentationSeed(seed, epoch, id)).ToList();
        var moved = Cover(Move(batch, seeds), seeds);
        var mask = moved.Mask is { } thin && pipeline.DilateMask ? MaskDilation.Dilate(thin) : moved.Mask;
        return (moved with { Photo = ChangeLevels(moved.Photo, seeds), Mask = mask }).Map(scope.MoveOut);
    }

    /// <summary>Names of the operations that happen to a sample in an epoch.</summary>
    public IReadOnlyList<string> Happening(string id, int epoch)
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
            throw new ArgumentException($"the photos are {batch.Photo}; expected ({batch.Ids.Count}, 3, H, W) for {batch.Ids.Count} ids", nameof(batch));
        foreach (var (name, tensor) in batch.Companions)
            if (tensor is not null && !tensor.Shape.AsSpan().SequenceEqual([shape[0], 1, shape[2], shape[3]]))
                throw new ArgumentException($"the {name} are {tensor}; expected ({shape[0]}, 1, {shape[2]}, {shape[3]}), as the photos are", nameof(batch));
    }

    private TrainingBatch Move(TrainingBatch batch, List<AugmentationSeed> seeds)
    {
        var scored = batch.Scored ?? (pipeline.Geometry.Count > 0 ? Tensor.Ones([batch.Ids.Count, 1, batch.Photo.Size(2), batch.Photo.Size(3)], DType.Float32, batch.Photo.Device) : null);
        var move = BatchMove.Draw(pipeline.Geometry, seeds, batch.Photo.ImageSize(), batch.Photo.Device);
        return batch with
        {
            Photo = move.Apply(Float(batch.Photo), BatchMove.Bilinear),
            Texture = batch.Texture is null ? null : move.Apply(Float(batch.Texture), BatchMove.Bilinear),
            Mask = batch.Mask is null ? null : move.Apply(Float(batch.Mask), (masks, places) => MaskSampler.Sample(masks, places, pipeline.MaskSampling)),
            Scored = Nearest(scored),
            Skin = Nearest(batch.Skin),
            Labels = Nearest(batch.Labels) is { } labels ? FacePartSwap.Apply(labels, move.IsFlipped) : null,
        };

        Tensor? Nearest(Tensor? regions) => regions is null ? null : move.Apply(Float(regions), (values, places) => MaskSampler.Sample(values, places, MaskSampling.Nearest));
    }

    private TrainingBatch Cover(TrainingBatch batch, List<AugmentationSeed> seeds)
    {
        if (pipeline.Occlusion is not { } occlusion)
            return batch;
        var covered = new List<TrainingBatch>(seeds.Count);
        for (var i = 0; i < seeds.Count; i++)
        {
            var sample = batch.Map(tensor => Float(tensor.Narrow(0, i, 1)));
            var random = seeds[i].For(occlusion.Name);
            covered.Add(occlusion.Happens(ref random) ? occlusion.Apply(sample, ref random) : sample);
        }
        Tensor? Join(Func<TrainingBatch, Tensor?> of) => of(covered[0]) is null ? null : Tensor.Cat([.. covered.Select(sample => of(sample)!)], 0);
        return batch with
        {
            Photo = Join(sample => sample.Photo)!, Texture = Join(sample => sample.Texture), Mask = Join(sample => sample.Mask),
            Scored = Join(sample => sample.Scored), Skin = Join(sample => sample.Skin), Labels = Join(sample => sample.Labels),
        };
    }

    private Tensor ChangeLevels(Tensor photos, List<AugmentationSeed> seeds)
    {
        if (pipeline.Pixels.Count == 0)
            return photos;
        var changed = new List<Tensor>(seeds.Count);
        for (var i = 0; i < seeds.Count; i++)
        {
            var photo = photos.Narrow(0, i, 1);
            foreach (var operation in pipeline.Pixels)
            {
                var random = seeds[i].For(operation.Name);
                if (operation.Happens(ref random))
                    photo = operation.Apply(photo, ref random);
            }
            changed.Add(photo);
        }
        return Tensor.Cat(changed, 0);
    }

    // A copy in any case: results never share memory with the batch.
    private static Tensor Float(Tensor tensor) => tensor.DType == DType.Float32 ? tensor.Clone() : tensor.To(DType.Float32);
}
