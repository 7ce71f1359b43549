using Rhytid.Torch;
using Rhytid.Training.Augmentation;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Tests.Augmentation;

public sealed class FacePartSwapTests
{
    // BiSeNet: 2 and 3 are brows, 4 and 5 eyes, 7 and 8 ears.
    private static readonly float[] Swapped = [0, 1, 3, 2, 5, 4, 6, 8, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18];

    [Fact]
    public void Left_parts_become_right_ones_where_a_photo_is_mirrored()
    {
        using var scope = TensorScope.Begin();
        var result = new Augmenter(TestBatches.Only(new HorizontalFlip()), seed: 1).Apply(
            Parts(TestBatches.Ids(2)), epoch: 0);

        Assert.Equal([.. Swapped.Reverse(), .. Swapped.Reverse()], result[Channel.Labels]!.ToArray<float>());
    }

    // Flips are exact where nothing else moves; among others they are resampled.
    [Fact]
    public void Resampled_flips_swap_too_and_other_moves_do_not()
    {
        using var scope = TensorScope.Begin();
        var still = new Affine("still");
        var batch = Parts(TestBatches.Ids(1));

        var moved = new Augmenter(TestBatches.Only(still), seed: 1).Apply(batch, epoch: 0);
        var both =
            new Augmenter(
                new AugmentationPipeline { Name = "both", Geometry = [new HorizontalFlip(), still] },
                seed: 1).Apply(batch, epoch: 0);

        Assert.Equal(batch[Channel.Labels]!.ToArray<float>(), moved[Channel.Labels]!.ToArray<float>());
        Assert.Equal(Swapped.Reverse(), both[Channel.Labels]!.ToArray<float>());
    }

    [Fact]
    public void Each_sample_of_a_batch_is_swapped_or_not_by_its_own_flip()
    {
        using var scope = TensorScope.Begin();
        var batch = Parts(TestBatches.Ids(40));

        var result = new Augmenter(TestBatches.Only(new HorizontalFlip { Probability = 0.5 }), seed: 1).Apply(
            batch, epoch: 0);

        var flipped = 0;
        for (var i = 0; i < 40; i++)
        {
            // The photo's first column is black, so a mirrored one begins with another level.
            var isFlipped = result.Photo[i, 0, 0, 0].ToDouble() != 0;
            flipped += isFlipped ? 1 : 0;
            Assert.Equal(
                isFlipped ? Swapped.Reverse() : Enumerable.Range(0, 19).Select(part => (float)part),
                result[Channel.Labels]!.Narrow(0, i, 1).ToArray<float>());
        }
        Assert.InRange(flipped, 8, 32);
    }

    // A row with every part of a face; the photo shows the parts' numbers.
    private static TrainingBatch Parts(string[] ids)
    {
        var parts = Tensor.From(Enumerable.Range(0, 19).Select(part => (float)part).ToArray(), 1, 1, 1, 19)
            .Expand(ids.Length, 1, 1, 19);
        return new TrainingBatch { Ids = ids, [Channel.Photo] = parts.Expand(ids.Length, 3, 1, 19),
            [Channel.Labels] = parts };
    }
}
