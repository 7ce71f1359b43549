using Rhytid.Torch;
using Rhytid.Training.Augmentation;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;

namespace Rhytid.Training.Tests.Augmentation;

public sealed class AugmenterTests
{
    public static TheoryData<string> Presets => [.. AugmentationPresets.All.Select(preset => preset.Name)];

    public static TheoryData<string> Geometry => [.. Operations.Keys];

    // At the largest magnitudes that the presets know, and what Moon lists beside them.
    private static Dictionary<string, GeometricOperation> Operations { get; } = new()
    {
        ["flip"] = new HorizontalFlip(),
        ["rotate"] = new Affine("rotate") { Degrees = 45 },
        ["affine"] = new Affine("affine")
        {
            Shift = 0.1,
            MinScale = 0.8,
            MaxScale = 1.2,
            ScaleAxesApart = true,
            Degrees = 15,
            ShearDegrees = 10
        },
        ["elastic"] = ElasticDistortion.Visible,
        ["grid"] = new GridDistortion(),
        ["optical"] = new OpticalDistortion(),
    };

    [Theory]
    [MemberData(nameof(Presets))]
    public void A_sample_is_augmented_alike_in_any_batch(string preset)
    {
        using var scope = TensorScope.Begin();
        var batch = TestBatches.Of(48, 40, TestBatches.Ids(6));
        var augmenter = new Augmenter(AugmentationPresets.Named(preset), seed: 3);

        var together = augmenter.Apply(batch, epoch: 2);

        // One by one, backwards.
        for (var i = 5; i >= 0; i--)
            TestBatches.AssertSame(TestBatches.Row(together, i), augmenter.Apply(TestBatches.Row(batch, i), epoch: 2));
    }

    [Fact]
    public void Threads_change_nothing()
    {
        using var scope = TensorScope.Begin();
        var batch = TestBatches.Of(48, 40, TestBatches.Ids(8));
        var augmenter = new Augmenter(AugmentationPresets.Named("sandu"), seed: 3);
        var expected = augmenter.Apply(batch, epoch: 0);
        var rows = Enumerable.Range(0, 8).Select(i => TestBatches.Row(batch, i)).ToList();
        var found = new float[8][];

        Parallel.For(0, 8, i =>
        {
            using var own = TensorScope.Begin();
            found[i] = augmenter.Apply(rows[i], epoch: 0).Photo.ToArray<float>();
        });

        Assert.Equal(expected.Photo.ToArray<float>(), found.SelectMany(levels => levels));
    }

    [Theory]
    [InlineData(3, 1, "a")]
    [InlineData(2, 2, "a")]
    [InlineData(2, 1, "b")]
    public void Seed_epoch_and_id_each_draw_anew(int seed, int epoch, string id)
    {
        using var scope = TensorScope.Begin();
        var pipeline = TestBatches.Only(Operations["affine"]);
        var batch = TestBatches.Of(32, 32, "a");

        var first = new Augmenter(pipeline, 2).Apply(batch, 1);
        TestBatches.AssertSame(first, new Augmenter(pipeline, 2).Apply(batch, 1));
        var other = new Augmenter(pipeline, seed).Apply(batch with { Ids = [id] }, epoch);

        Assert.NotEqual(first.Photo.ToArray<float>(), other.Photo.ToArray<float>());
    }

    // A mask painted into the photo stays on the photo's paint, to within a pixel, and photo and texture map stay
    // together.
    [Theory]
    [MemberData(nameof(Geometry))]
    public void Photo_texture_mask_and_scored_region_move_as_one(string operation)
    {
        using var scope = TensorScope.Begin();
        var batch = TestBatches.Of(96, 80, TestBatches.Ids(8));
        var painted = batch[Channel.Wrinkles]! * 255;
        batch = batch.With(Channel.Photo, Tensor.Cat([painted, painted, batch[Channel.ScoredRegion]! * 255], 1))
            .With(Channel.Texture, painted);

        var result = new Augmenter(TestBatches.Only(Operations[operation]), seed: 1).Apply(batch, epoch: 0);

        Assert.True(result[Channel.Texture]!.AllClose(result.Photo.Narrow(1, 0, 1)));
        AssertWithinAPixel(result.Photo.Narrow(1, 0, 1), result[Channel.Wrinkles]!);
        AssertWithinAPixel(result.Photo.Narrow(1, 2, 1), result[Channel.ScoredRegion]!);
        Assert.All(result[Channel.Wrinkles]!.ToArray<float>(), value => Assert.True(value is 0 or 1));
        Assert.All(result[Channel.ScoredRegion]!.ToArray<float>(), value => Assert.True(value is 0 or 1));
    }

    // A nose and its skin, painted: both stay on the paint to within a pixel, and neither is blended with what is
    // beside it.
    [Theory]
    [MemberData(nameof(Geometry))]
    public void Skin_and_parsing_labels_move_with_the_photo(string operation)
    {
        using var scope = TensorScope.Begin();
        const int Nose = 10;
        var batch = TestBatches.Of(96, 80, TestBatches.Ids(8));
        var face = Tensor.Zeros([8, 1, 96, 80]);
        face[.., .., 20..70, 15..60].FillInPlace(1);
        batch = batch.With(Channel.Photo, (face * 255).Expand(8, 3, 96, 80))
            .With(Channel.Skin, face)
            .With(Channel.Labels, face * Nose);

        var result = new Augmenter(TestBatches.Only(Operations[operation]), seed: 1).Apply(batch, epoch: 0);

        AssertWithinAPixel(result.Photo.Narrow(1, 0, 1), result[Channel.Skin]!);
        AssertWithinAPixel(result.Photo.Narrow(1, 0, 1), result[Channel.Labels]! * (1.0 / Nose));
        Assert.All(result[Channel.Skin]!.ToArray<float>(), value => Assert.True(value is 0 or 1));
        Assert.All(result[Channel.Labels]!.ToArray<float>(), value => Assert.True(value is 0 or Nose));
        Assert.NotEqual(face.ToArray<float>(), result[Channel.Skin]!.ToArray<float>());
    }

    [Fact]
    public void Where_no_region_is_given_only_what_came_from_the_picture_counts()
    {
        using var scope = TensorScope.Begin();
        var batch = TestBatches.Of(40, 40, TestBatches.Ids(1)).With(Channel.ScoredRegion, null);

        var result =
            new Augmenter(TestBatches.Only(new Affine("shrink") { MinScale = 0.5, MaxScale = 0.5 }), seed: 1).Apply(
                batch, epoch: 0);

        Assert.Equal(20 * 20, result[Channel.ScoredRegion]!.Sum().ToDouble());
        Assert.Equal([0, 0, 0, 0], result[Channel.ScoredRegion]!.Narrow(2, 0, 1).Narrow(3, 18, 4).ToArray<float>());
        var unchanged = new Augmenter(AugmentationPresets.Named("none"), seed: 1).Apply(batch, epoch: 0);
        Assert.Null(unchanged[Channel.ScoredRegion]);
    }

    [Fact]
    public void Flips_are_exact()
    {
        using var scope = TensorScope.Begin();
        var batch = TestBatches.Of(33, 50, TestBatches.Ids(3));

        var result = new Augmenter(TestBatches.Only(new HorizontalFlip()), seed: 1).Apply(batch, epoch: 0);

        TestBatches.AssertSame(
            new TrainingBatch
            {
                Ids = batch.Ids,
                [Channel.Photo] = batch.Photo.Flip(3),
                [Channel.Texture] = batch[Channel.Texture]!.Flip(3),
                [Channel.Wrinkles] = batch[Channel.Wrinkles]!.Flip(3),
                [Channel.ScoredRegion] = batch[Channel.ScoredRegion]!.Flip(3)
            },
            result);
    }

    [Fact]
    public void Without_operations_nothing_changes_and_nothing_is_shared()
    {
        using var scope = TensorScope.Begin();
        var batch = TestBatches.Of(20, 20, TestBatches.Ids(2));

        var result = new Augmenter(AugmentationPresets.Named("none"), seed: 1).Apply(batch, epoch: 0);

        TestBatches.AssertSame(batch, result);
        result.Photo.FillInPlace(0);
        Assert.NotEqual(0, batch.Photo.Max().ToDouble());
    }

    [Fact]
    public void At_zero_magnitude_nothing_moves()
    {
        using var scope = TensorScope.Begin();
        var batch = TestBatches.Of(64, 48, TestBatches.Ids(2));
        var pipeline = new AugmentationPipeline
        {
            Name = "zero",
            Geometry =
            [
                new Affine("affine"), new ElasticDistortion { Alpha = 0 }, new GridDistortion { Limit = 0 },
                new OpticalDistortion { Limit = 0, CenterShift = 0 }
            ],
        };

        var result = new Augmenter(pipeline, seed: 1).Apply(batch, epoch: 0);

        // Single precision places a pixel to within some 1e-5 of its width; the noise changes by up to 255 from pixel
        // to pixel.
        Assert.True(batch.Photo.AllClose(result.Photo, 0, 0.02));
        Assert.Equal(batch[Channel.Wrinkles]!.ToArray<float>(), result[Channel.Wrinkles]!.ToArray<float>());
        Assert.Equal(batch[Channel.ScoredRegion]!.ToArray<float>(), result[Channel.ScoredRegion]!.ToArray<float>());
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    public void Operations_happen_as_often_as_they_should(double probability)
    {
        using var scope = TensorScope.Begin();
        const int Draws = 4000;
        var photo = Tensor.From([1f, 0, 1, 0, 1, 0], 1, 3, 1, 2);
        var batch = new TrainingBatch { Ids = TestBatches.Ids(Draws), [Channel.Photo] = photo.Expand(Draws, 3, 1, 2) };

        var result = new Augmenter(TestBatches.Only(new HorizontalFlip { Probability = probability }), seed: 5).Apply(
            batch, epoch: 0);

        // Four standard deviations.
        var share = result.Photo.Narrow(1, 0, 1).Narrow(3, 1, 1).Sum().ToDouble() / Draws;
        Assert.InRange(share, probability - (4 * Math.Sqrt(0.25 / Draws)), probability + (4 * Math.Sqrt(0.25 / Draws)));
    }

    [Fact]
    public void An_operation_more_leaves_the_others_as_they_were()
    {
        using var scope = TensorScope.Begin();
        var batch = TestBatches.Of(32, 32, TestBatches.Ids(4));
        var one = TestBatches.Only(Operations["affine"]);
        var two = one with
        {
            Geometry = [new GridDistortion { Probability = 0 }, .. one.Geometry],
            Pixels = [new GaussianNoise { Probability = 0 }]
        };

        TestBatches.AssertSame(new Augmenter(one, 4).Apply(batch, 0), new Augmenter(two, 4).Apply(batch, 0));
    }

    [Fact]
    public void Bytes_as_packs_hold_them_are_taken()
    {
        using var scope = TensorScope.Begin();
        var batch = TestBatches.Of(32, 32, TestBatches.Ids(4));
        var bytes = batch with { Maps = batch.Maps.Map((_, map) => map.To(DType.UInt8)) };
        var augmenter = new Augmenter(AugmentationPresets.Named("sandu"), seed: 4);

        TestBatches.AssertSame(augmenter.Apply(batch, 0), augmenter.Apply(bytes, 0));
    }

    [Fact]
    public void Masks_are_dilated_where_the_pipeline_says_so()
    {
        using var scope = TensorScope.Begin();
        var mask = Tensor.Zeros([1, 1, 9, 9]);
        mask[0, 0, 4, 4].FillInPlace(1);
        var batch = new TrainingBatch { Ids = ["a"], [Channel.Photo] = Tensor.Zeros([1, 3, 9, 9]),
            [Channel.Wrinkles] = mask };

        var result = new Augmenter(new AugmentationPipeline { Name = "wide", DilateMask = true }, seed: 0).Apply(
            batch, epoch: 0);

        Assert.Equal(9, result[Channel.Wrinkles]!.Sum().ToDouble());
        Assert.Equal(9, result[Channel.Wrinkles]![0, 0, 3..6, 3..6].Sum().ToDouble());
        Assert.Equal(1, mask.Sum().ToDouble());
    }

    [Fact]
    public void Validation_has_no_way_into_an_augmenter()
    {
        Assert.DoesNotContain(
            typeof(Augmenter).GetMethods(),
            method =>
                method.GetParameters()
                    .Any(parameter =>
                        parameter.ParameterType.IsAssignableFrom(typeof(ValidationBatch))
                            && parameter.ParameterType != typeof(object)));
    }

    [Fact]
    public void What_does_not_fit_together_is_told()
    {
        using var scope = TensorScope.Begin();
        var batch = TestBatches.Of(16, 16, TestBatches.Ids(2));
        var augmenter = new Augmenter(AugmentationPresets.Named("moon"), seed: 0);

        var error =
            Assert.Throws<ArgumentException>(
                () => augmenter.Apply(batch.With(Channel.Wrinkles, Tensor.Zeros([2, 1, 16, 15])), 0));
        Assert.Contains(
            "the manual masks are Float32 (2, 1, 16, 15); expected (2, 1, 16, 16)", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            "the skin masks are",
            Assert.Throws<ArgumentException>(
                () => augmenter.Apply(batch.With(Channel.Skin, Tensor.Zeros([1, 1, 16, 16])), 0)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "the parsing labels are",
            Assert.Throws<ArgumentException>(
                () => augmenter.Apply(batch.With(Channel.Labels, Tensor.Zeros([2, 3, 16, 16])), 0)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => augmenter.Apply(batch with { Ids = ["a"] }, 0));
        Assert.Contains(
            $"use one of: {string.Join(", ", AugmentationPresets.All.Select(preset => preset.Name))}",
            Assert.Throws<ArgumentException>(() => AugmentationPresets.Named("sun")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(
            () => new AugmentationPipeline { Name = "twice", Geometry = [new HorizontalFlip(), new HorizontalFlip()] });
    }

    // Paint of half its strength is where the line's edge lies; the mask may differ from it by one pixel on each side.
    private static void AssertWithinAPixel(Tensor paint, Tensor mask)
    {
        var painted = paint.Greater(127.5).To(DType.Float32);
        Assert.Equal(0, (painted - Rhytid.Torch.Nn.Functional.MaxPool2d(mask, 3, 1, 1)).Clamp(0, 1).Sum().ToDouble());
        Assert.Equal(0, (mask - Rhytid.Torch.Nn.Functional.MaxPool2d(painted, 3, 1, 1)).Clamp(0, 1).Sum().ToDouble());
    }
}
