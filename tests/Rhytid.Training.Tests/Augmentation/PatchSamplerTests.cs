using Rhytid.Torch;
using Rhytid.Training.Augmentation;
using Rhytid.Training.Batches;

namespace Rhytid.Training.Tests.Augmentation;

public sealed class PatchSamplerTests
{
    [Fact]
    public void Patches_are_laid_around_wrinkles_that_count()
    {
        using var scope = TensorScope.Begin();
        // Two wrinkle pixels; one of them does not count.
        var batch = Dots();

        var patches = new PatchSampler(9, wrinkleShare: 1, seed: 1).Cut(batch, epoch: 0, perSample: 20);

        Assert.Equal([20, 3, 9, 9], patches.Photo.Shape);
        Assert.Equal(20, patches.Mask![.., 0, 4, 4].Sum().ToDouble());
        Assert.Equal(20, patches.Mask.Sum().ToDouble());
        Assert.Equal(20, patches.Ids.Count);
    }

    [Fact]
    public void As_many_patches_as_asked_for_prefer_wrinkles()
    {
        using var scope = TensorScope.Begin();
        var patches = new PatchSampler(9, wrinkleShare: 0.7, seed: 1).Cut(Dots(), epoch: 0, perSample: 1000);

        // A patch laid anywhere holds the pixel too, one time in fifteen or so.
        Assert.InRange(patches.Mask![.., 0, 4, 4].Sum().ToDouble() / 1000, 0.65, 0.75);
    }

    [Fact]
    public void All_kinds_are_cut_at_the_same_place_and_none_leaves_the_picture()
    {
        using var scope = TensorScope.Begin();
        var batch = TestBatches.Of(40, 30, TestBatches.Ids(3));
        var (skin, labels) = (batch.Texture! * 2, batch.Texture! + 1);
        batch = batch with { Photo = Tensor.Cat([batch.Mask!, batch.Texture!, batch.Scored!], 1), Skin = skin, Labels = labels };

        var patches = new PatchSampler(16, wrinkleShare: 0.5, seed: 2).Cut(batch, epoch: 1, perSample: 5);

        Assert.Equal(patches.Photo.Narrow(1, 0, 1).ToArray<float>(), patches.Mask!.ToArray<float>());
        Assert.Equal(patches.Photo.Narrow(1, 1, 1).ToArray<float>(), patches.Texture!.ToArray<float>());
        Assert.Equal(patches.Photo.Narrow(1, 2, 1).ToArray<float>(), patches.Scored!.ToArray<float>());
        Assert.Equal((patches.Texture! * 2).ToArray<float>(), patches.Skin!.ToArray<float>());
        Assert.Equal((patches.Texture! + 1).ToArray<float>(), patches.Labels!.ToArray<float>());
    }

    [Fact]
    public void A_patch_depends_on_its_sample_and_number_alone()
    {
        using var scope = TensorScope.Begin();
        var batch = TestBatches.Of(40, 30, TestBatches.Ids(3));
        var sampler = new PatchSampler(16, wrinkleShare: 0.5, seed: 2);

        var together = sampler.Cut(batch, epoch: 1, perSample: 2);
        var alone = sampler.Cut(TestBatches.Row(batch, 2), epoch: 1, perSample: 3);

        Assert.Equal(together.Photo.Narrow(0, 4, 2).ToArray<float>(), alone.Photo.Narrow(0, 0, 2).ToArray<float>());
    }

    [Fact]
    public void Samples_without_masks_give_patches_from_anywhere_and_small_pictures_none()
    {
        using var scope = TensorScope.Begin();
        var batch = TestBatches.Of(40, 30, TestBatches.Ids(1)) with { Mask = null };

        Assert.Equal([1, 3, 16, 16], new PatchSampler(16, 1, 0).Cut(batch, 0).Photo.Shape);
        var error = Assert.Throws<ArgumentException>(() => new PatchSampler(32, 1, 0).Cut(batch, 0));
        Assert.Equal("a patch of 32 pixels does not fit into pictures of 30 x 40", error.Message);
    }

    private static TrainingBatch Dots()
    {
        var mask = Tensor.Zeros([1, 1, 40, 40]);
        mask[0, 0, 20, 25].FillInPlace(1);
        mask[0, 0, 20, 5].FillInPlace(1);
        var scored = Tensor.Ones([1, 1, 40, 40]);
        scored[0, 0, .., ..12].FillInPlace(0);
        return new TrainingBatch { Ids = ["a"], Photo = Tensor.Zeros([1, 3, 40, 40]), Mask = mask, Scored = scored };
    }
}
