using Rhytid.Torch;
using Rhytid.Training.Augmentation;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;

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
        Assert.Equal(20, patches[Channel.Wrinkles]![.., 0, 4, 4].Sum().ToDouble());
        Assert.Equal(20, patches[Channel.Wrinkles]!.Sum().ToDouble());
        Assert.Equal(20, patches.Ids.Count);
    }

    [Fact]
    public void As_many_patches_as_asked_for_prefer_wrinkles()
    {
        using var scope = TensorScope.Begin();
        var patches = new PatchSampler(9, wrinkleShare: 0.7, seed: 1).Cut(Dots(), epoch: 0, perSample: 1000);

        // A patch laid anywhere holds the pixel too, one time in fifteen or so.
        Assert.InRange(patches[Channel.Wrinkles]![.., 0, 4, 4].Sum().ToDouble() / 1000, 0.65, 0.75);
    }

    [Fact]
    public void All_kinds_are_cut_at_the_same_place_and_none_leaves_the_picture()
    {
        using var scope = TensorScope.Begin();
        var batch = TestBatches.Of(40, 30, TestBatches.Ids(3));
        var (skin, labels) = (batch[Channel.Texture]! * 2, batch[Channel.Texture]! + 1);
        var channels = new[] { Channel.Wrinkles, Channel.Texture, Channel.ScoredRegion };
        batch = batch.With(Channel.Photo, Tensor.Cat([.. channels.Select(channel => batch[channel]!)], 1))
            .With(Channel.Skin, skin)
            .With(Channel.Labels, labels);

        var patches = new PatchSampler(16, wrinkleShare: 0.5, seed: 2).Cut(batch, epoch: 1, perSample: 5);

        Assert.Equal(patches.Photo.Narrow(1, 0, 1).ToArray<float>(), patches[Channel.Wrinkles]!.ToArray<float>());
        Assert.Equal(patches.Photo.Narrow(1, 1, 1).ToArray<float>(), patches[Channel.Texture]!.ToArray<float>());
        Assert.Equal(patches.Photo.Narrow(1, 2, 1).ToArray<float>(), patches[Channel.ScoredRegion]!.ToArray<float>());
        Assert.Equal((patches[Channel.Texture]! * 2).ToArray<float>(), patches[Channel.Skin]!.ToArray<float>());
        Assert.Equal((patches[Channel.Texture]! + 1).ToArray<float>(), patches[Channel.Labels]!.ToArray<float>());
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
        var batch = TestBatches.Of(40, 30, TestBatches.Ids(1)).With(Channel.Wrinkles, null);

        Assert.Equal([1, 3, 16, 16], new PatchSampler(16, 1, 0).Cut(batch, 0).Photo.Shape);
        var error = Assert.Throws<ArgumentException>(() => new PatchSampler(32, 1, 0).Cut(batch, 0));
        Assert.Equal("a patch of 32 pixels does not fit into pictures of 30 x 40", error.Message);
    }

    // The whole picture need not be computed: a patch of it has the same pixels.
    [Theory]
    [InlineData("moon", false)]
    [InlineData("moon", true)]
    [InlineData("kim", true)]
    [InlineData("parser", false)]
    public void A_patch_is_cut_out_of_the_whole_augmented_picture(string preset, bool dilates)
    {
        using var scope = TensorScope.Begin();
        var batch = TestBatches.Of(90, 100, TestBatches.Ids(12));
        var ramp = Tensor.Arange(12 * 90 * 100, DType.Float32).View(12, 1, 90, 100) * 0.001;
        batch = batch.With(Channel.Skin, batch[Channel.Wrinkles]!)
            .With(Channel.Labels, batch[Channel.ScoredRegion]! * 2)
            .With(Channel.Texture, ramp)
            .With(Channel.ScoredRegion, preset == "kim" ? null : batch[Channel.ScoredRegion]);
        var augmenter = new Augmenter(
            AugmentationPresets.Named(preset) with { Pixels = [], DilateMask = dilates }, seed: 5);
        var whole = augmenter.Apply(batch, epoch: 3);

        var patches = augmenter.Apply(batch, epoch: 3, new PatchSampler(40, wrinkleShare: 0.5, seed: 5), perSample: 2);

        for (var i = 0; i < 24; i++)
        {
            var patch = Row(patches, i);
            var picture = Row(whole, i / 2);
            var (left, top) = PlaceOf(patch.Photo, picture.Photo);
            Assert.True(left >= 0, $"patch {i} is no part of its picture");
            foreach (var (expected, actual) in new[]
            {
                (picture.Photo, patch.Photo),
                    (picture[Channel.Texture]!, patch[Channel.Texture]!),
                        (picture[Channel.Wrinkles]!, patch[Channel.Wrinkles]!),
                        (picture[Channel.ScoredRegion]!, patch[Channel.ScoredRegion]!),
                    (picture[Channel.Skin]!, patch[Channel.Skin]!), (picture[Channel.Labels]!, patch[Channel.Labels]!),
            })
                Assert.Equal(expected.Narrow(2, top, 40).Narrow(3, left, 40).ToArray<float>(), actual.ToArray<float>());
        }
    }

    // However the picture is moved: its dot stays within two pixels of the patch's middle, except near the picture's
    // edge.
    [Fact]
    public void Patches_of_augmented_pictures_are_laid_around_wrinkles()
    {
        using var scope = TensorScope.Begin();
        var mask = Tensor.Zeros([60, 1, 64, 64]);
        mask[.., .., 31..33, 31..33].FillInPlace(1);
        var batch = new TrainingBatch { Ids = TestBatches.Ids(60), [Channel.Photo] = Tensor.Zeros([60, 3, 64, 64]),
            [Channel.Wrinkles] = mask };

        var patches = new Augmenter(AugmentationPresets.Named("moon"), seed: 2).Apply(
            batch, epoch: 0, new PatchSampler(17, wrinkleShare: 1, seed: 2));

        var middles = patches[Channel.Wrinkles]![.., 0, 5..12, 5..12].ToArray<float>().Chunk(49);
        Assert.InRange(middles.Count(middle => middle.Contains(1)), 56, 60);
    }

    private static TrainingBatch Row(TrainingBatch batch, int row) =>
        TestBatches.Row(batch, row).With(Channel.Skin, batch[Channel.Skin]!.Narrow(0, row, 1))
            .With(Channel.Labels, batch[Channel.Labels]!.Narrow(0, row, 1));

    private static (int Left, int Top) PlaceOf(Tensor patch, Tensor picture)
    {
        var (small, large) = (patch[0, 0].ToArray<float>(), picture[0, 0].ToArray<float>());
        var (side, width, height) = ((int)patch.Size(3), (int)picture.Size(3), (int)picture.Size(2));
        for (var top = 0; top <= height - side; top++)
            for (var left = 0; left <= width - side; left++)
                if (Enumerable.Range(0, side)
                    .All(y =>
                        large.AsSpan(((top + y) * width) + left, side).SequenceEqual(small.AsSpan(y * side, side))))
                    return (left, top);
        return (-1, -1);
    }

    private static TrainingBatch Dots()
    {
        var mask = Tensor.Zeros([1, 1, 40, 40]);
        mask[0, 0, 20, 25].FillInPlace(1);
        mask[0, 0, 20, 5].FillInPlace(1);
        var scored = Tensor.Ones([1, 1, 40, 40]);
        scored[0, 0, .., ..12].FillInPlace(0);
        return new TrainingBatch { Ids = ["a"], [Channel.Photo] = Tensor.Zeros([1, 3, 40, 40]),
            [Channel.Wrinkles] = mask, [Channel.ScoredRegion] = scored };
    }
}
