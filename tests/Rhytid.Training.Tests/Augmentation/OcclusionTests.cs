using Rhytid.Imaging;
using Rhytid.Torch;
using Rhytid.Training.Augmentation;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;
using static Rhytid.Training.Tests.Augmentation.OcclusionCases;

namespace Rhytid.Training.Tests.Augmentation;

public sealed class OcclusionTests
{
    // No level that a shape could have.
    private const float Uncovered = 1000;

    private const float Nose = 10;

    private static readonly AugmentationPipeline Always = new() { Name = "covered", Occlusion = new Occlusion() };

    [Fact]
    public void What_is_covered_is_background_no_skin_and_no_wrinkle_and_nothing_else_changes()
    {
        using var scope = TensorScope.Begin();
        var batch = Batch(64, 48, TestBatches.Ids(40));

        var result = new Augmenter(Always, seed: 3).Apply(batch, epoch: 1);

        var area = 64 * 48;
        var (photo, skin, mask, labels, texture) =
            (result.Photo.ToArray<float>(), result[Channel.Skin]!.ToArray<float>(),
                result[Channel.Wrinkles]!.ToArray<float>(),
                result[Channel.Labels]!.ToArray<float>(), result[Channel.Texture]!.ToArray<float>());
        for (var i = 0; i < 40; i++)
        {
            var covered = 0;
            for (var p = 0; p < area; p++)
            {
                float[] colour = [.. Enumerable.Range(0, 3).Select(channel => photo[(((3 * i) + channel) * area) + p])];
                var isCovered = colour[0] != Uncovered;
                Assert.True(
                    isCovered
                        ? colour.All(level => level is >= 0 and <= 255)
                        : colour.All(level => level == Uncovered));
                var at = (i * area) + p;
                Assert.Equal(
                    isCovered ? (0f, 0f, 0f, 0f) : (1, 0.5f, Nose, 200), (skin[at], mask[at], labels[at], texture[at]));
                covered += isCovered ? 1 : 0;
            }
            // Two rectangles at most, whose half axes are 5 to 30 % of the shorter side.
            Assert.InRange(covered, 1, 2 * 4 * 0.3 * 48 * 0.3 * 48 * 1.1);
        }
        Assert.Equal(batch[Channel.ScoredRegion]!.ToArray<float>(), result[Channel.ScoredRegion]!.ToArray<float>());
        Assert.All(batch[Channel.Labels]!.ToArray<float>(), value => Assert.Equal(Nose, value));
    }

    [Theory]
    [InlineData(3, 1, "a")]
    [InlineData(2, 2, "a")]
    [InlineData(2, 1, "b")]
    public void Seed_epoch_and_id_choose_the_shapes_and_nothing_else_does(int seed, int epoch, string id)
    {
        using var scope = TensorScope.Begin();
        var batch = Batch(40, 40, "x", "a");

        var result = Row(new Augmenter(Always, 2).Apply(batch, 1), 1);

        Assert.Equal(result, Row(new Augmenter(Always, 2).Apply(Batch(40, 40, "a", "y", "z"), 1), 0));
        Assert.NotEqual(result, Row(new Augmenter(Always, seed).Apply(Batch(40, 40, id), epoch), 0));
    }

    [Fact]
    public void It_happens_as_often_as_it_should_and_companions_may_be_missing()
    {
        using var scope = TensorScope.Begin();
        var batch = new TrainingBatch
        {
            Ids = TestBatches.Ids(400),
            [Channel.Photo] = Tensor.Full([400, 3, 8, 8], Uncovered).To(DType.Float32)
        };
        var augmenter = new Augmenter(
            Always with { Occlusion = new Occlusion { Probability = 0.3, MinRadius = 2, MaxRadius = 2 } }, seed: 1);

        var result = augmenter.Apply(batch, epoch: 0);

        var covered = Enumerable.Range(0, 400).Count(i => result.Photo.Narrow(0, i, 1).Min().ToDouble() < Uncovered);
        Assert.InRange(covered, 120 - (4 * Math.Sqrt(400 * 0.21)), 120 + (4 * Math.Sqrt(400 * 0.21)));
        Assert.Equal(
            covered, Enumerable.Range(0, 400).Count(i => augmenter.AppliedOperations($"{i:00000}", 0).Contains("occlusion")));
        Assert.True(result[Channel.Wrinkles] is null && result[Channel.Skin] is null && result[Channel.Labels] is null
            && result[Channel.ScoredRegion] is null);
    }

    private static TrainingBatch Batch(int height, int width, params string[] ids)
    {
        Tensor All(int channels, float value) =>
            Tensor.Full([ids.Length, channels, height, width], value).To(DType.Float32);
        return new TrainingBatch
        {
            Ids = ids,
            [Channel.Photo] = All(3, Uncovered),
            [Channel.Texture] = All(1, 200),
            [Channel.Wrinkles] = All(1, 0.5f),
            [Channel.ScoredRegion] = All(1, 1),
            [Channel.Skin] = All(1, 1),
            [Channel.Labels] = All(1, Nose)
        };
    }
}
