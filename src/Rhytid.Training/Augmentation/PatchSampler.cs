using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Training.Batches;
using Rhytid.Training.Synthesis;

namespace Rhytid.Training.Augmentation;

/// <summary>
/// Cuts square patches out of training samples, most of them with wrinkles: less than one pixel in a hundred is one, and most patches
/// drawn anywhere hold none.
/// </summary>
/// <param name="size">Side of a patch in pixels.</param>
/// <param name="wrinkleShare">
/// How often a patch is laid around a wrinkle pixel that counts, 0 to 1; such a pixel lies in its middle except near the picture's edge.
/// The other patches, and all of a sample without wrinkles, lie anywhere.
/// </param>
/// <param name="seed">The run's seed; a patch follows from it, the epoch, the sample's id and the patch's number alone.</param>
public sealed class PatchSampler(int size, double wrinkleShare, int seed)
{
    // A stream of its own beside the augmentation's operations.
    private const string Purpose = "patch";

    /// <summary>Cuts patches out of every sample of a batch; augment first, so that patches hold no border that augmentation left.</summary>
    /// <param name="batch">On any device; only where to cut is decided on the CPU.</param>
    /// <param name="epoch">Each epoch draws anew.</param>
    /// <param name="perSample">Patches of each sample, one after the other in the result.</param>
    /// <returns>(N x perSample, C, size, size) of each kind, the ids repeated.</returns>
    /// <exception cref="ArgumentException">The pictures are smaller than a patch.</exception>
    public TrainingBatch Cut(TrainingBatch batch, int epoch, int perSample = 1)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perSample);
        using var scope = TensorScope.Begin();
        var places = new List<(int Sample, int Left, int Top)>();
        for (var i = 0; i < batch.Ids.Count; i++)
        {
            var wrinkles = WrinklePixels(batch.Mask?.Narrow(0, i, 1), batch.Scored?.Narrow(0, i, 1));
            for (var number = 0; number < perSample; number++)
            {
                var random = new AugmentationSeed(seed, epoch, batch.Ids[i]).For($"{Purpose} {number}");
                var (left, top) = Place(wrinkles, batch.Photo.ImageSize(), ref random);
                places.Add((i, left, top));
            }
        }
        return batch.Map(pictures => scope.MoveOut(Tensor.Cat([.. places.Select(place => pictures.Narrow(0, place.Sample, 1).Narrow(2, place.Top, size).Narrow(3, place.Left, size))], 0)))
            with { Ids = [.. places.Select(place => batch.Ids[place.Sample])] };
    }

    private (int Left, int Top) Place(int[] wrinkles, Size2 picture, ref SeededRandom random)
    {
        var (right, bottom) = ((int)picture.Width - size, (int)picture.Height - size);
        if (right < 0 || bottom < 0)
            throw new ArgumentException($"a patch of {size} pixels does not fit into pictures of {picture.Width} x {picture.Height}");
        if (!random.Chance((float)wrinkleShare) || wrinkles.Length == 0)
            return (random.Below(right + 1), random.Below(bottom + 1));
        var (y, x) = Math.DivRem(wrinkles[random.Below(wrinkles.Length)], (int)picture.Width);
        return (Math.Clamp(x - (size / 2), 0, right), Math.Clamp(y - (size / 2), 0, bottom));
    }

    // Where wrinkles are that count; soft labels from a half up.
    private static int[] WrinklePixels(Tensor? mask, Tensor? scored)
    {
        if (mask is null)
            return [];
        var wrinkle = mask.To(DType.Float32).ToArray<float>();
        var counts = scored?.To(DType.Float32).ToArray<float>();
        return [.. Enumerable.Range(0, wrinkle.Length).Where(i => wrinkle[i] >= 0.5f && (counts is null || counts[i] != 0))];
    }
}
