using Rhytid.Imaging;
using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Scores;
using Rhytid.Torch;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Objectives;
using Rhytid.Training.Runs.Reporting;
using static Rhytid.Training.Tests.Objectives.MetricCases;

namespace Rhytid.Training.Tests.Objectives;

public sealed class WrinkleMetricTests
{
    private const int Side = 12;

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Counts_are_those_of_masks(int logits, bool hasRegion)
    {
        using var scope = TensorScope.Begin();
        var metric = new WrinkleMetric();
        var expected = new List<ConfusionCounts>();
        foreach (var size in new[] { 3, 1 })
        {
            var (batch, output) = Drawn(expected.Count, size, logits, hasRegion);
            metric.Add(batch, output);
            expected.AddRange(Counts(batch, output));
        }

        Assert.Equal(expected, metric.Images.Select(image => image.Counts));
        Assert.Equal(["000", "001", "002", "003"], metric.Images.Select(image => image.Id));
        Assert.Equal(expected.Average(counts => counts.Jsi), metric.Score, 1e-12);
        Assert.Equal(metric.Score, metric.Values["val/iou"]);
        Assert.Equal(expected.Average(counts => counts.F1), metric.Values["val/f1"], 1e-12);
        Assert.Equal(expected.Average(counts => counts.Precision), metric.Values["val/precision"], 1e-12);
        Assert.Equal(expected.Average(counts => counts.Recall), metric.Values["val/recall"], 1e-12);
        Assert.Equal(expected.Average(counts => counts.Accuracy), metric.Values["val/accuracy"], 1e-12);
        Assert.Equal(expected.Average(counts => counts.Specificity), metric.Values["val/specificity"], 1e-12);
        Assert.Equal(expected.Aggregate((sum, counts) => sum + counts).Jsi, metric.Values["val/iou_pooled"], 1e-12);
    }

    // Logits of 0.4 and 0.6 are -0.405 and 0.405.
    [Theory]
    [InlineData(0.4, 2, 1, 0)]
    [InlineData(0.5, 1, 1, 1)]
    [InlineData(0.6, 1, 0, 1)]
    [InlineData(0, 2, 2, 0)]
    [InlineData(1, 0, 0, 2)]
    public void Counts_are_those_at_the_recipes_threshold(double threshold, long right, long wrong, long missed)
    {
        using var scope = TensorScope.Begin();
        var metric = new WrinkleObjective(Moon with { Threshold = threshold }).CreateMetric();
        var batch = new ValidationBatch
        {
            Ids = ["a"],
            [Channel.Photo] = Tensor.Zeros([1, 3, 2, 2]),
            [Channel.Wrinkles] = Tensor.From([1f, 0, 1, 0], 1, 1, 2, 2)
        };

        metric.Add(batch, Tensor.From([-0.4f, -0.41f, 0.41f, 0.4f], 1, 1, 2, 2));

        Assert.Equal(
            new ConfusionCounts(right, wrong, missed, 4 - right - wrong - missed),
            Assert.Single(((WrinkleMetric)metric).Images).Counts);
    }

    // Nothing to find and nothing found is right; recall has no value there and does not count.
    [Fact]
    public void An_image_without_wrinkles_counts_as_found()
    {
        using var scope = TensorScope.Begin();
        var metric = new WrinkleMetric();
        metric.Add(
            new ValidationBatch { Ids = ["a"], [Channel.Photo] = Tensor.Zeros([1, 3, 2, 2]),
                [Channel.Wrinkles] = Tensor.Zeros([1, 1, 2, 2]) },
            Tensor.Full([1, 1, 2, 2], -1));

        Assert.Equal(1, metric.Score);
        Assert.Equal(double.NaN, metric.Values["val/recall"]);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(20)]
    public void The_worst_and_the_best_are_kept_in_whatever_order_they_come(int count)
    {
        using var scope = TensorScope.Begin();
        for (var order = 0; order < 5; order++)
        {
            var metric = new WrinkleMetric();
            var ids = Enumerable.Range(0, count).ToArray();
            new Random(order).Shuffle(ids);
            foreach (var chunk in ids.Chunk(3))
            {
                // Image i has i + 1 of 40 pixels right: no two scores are alike.
                var truth = Tensor.Cat([.. chunk.Select(_ => FirstPixels(40))], 0);
                var found = Tensor.Cat([.. chunk.Select(id => FirstPixels(id + 1))], 0);
                metric.Add(
                    new ValidationBatch
                    {
                        Ids = [.. chunk.Select(id => $"{id:D3}")],
                        [Channel.Photo] = Tensor.Cat([.. chunk.Select(id => Tensor.Full([1, 3, Side, Side], id))], 0),
                        [Channel.Wrinkles] = truth
                    },
                    (found * 20) - 10);
            }

            var expected = RunExamples.Choose(Enumerable.Range(0, count).Select(id => ($"{id:D3}", (id + 1) / 40.0)));
            Assert.Equal(expected, metric.Examples.Select(example => example.Id));
            foreach (var example in metric.Examples)
            {
                var id = int.Parse(example.Id, null);
                Assert.Equal((id + 1) / 40.0, example.Jsi, 1e-12);
                Assert.All(example.Photo, level => Assert.Equal(id, level));
                Assert.Equal(id + 1, example.Probability.Count(level => level >= example.Level));
                Assert.Equal(40, example.Truth.Sum(value => value));
                Assert.Null(example.Scored);
            }
        }
    }

    private static Tensor FirstPixels(int count) =>
        Tensor.From(Enumerable.Range(0, Side * Side).Select(i => i < count ? 1f : 0).ToArray(), 1, 1, Side, Side);

    private static (ValidationBatch Batch, Tensor Output) Drawn(int first, int count, int logits, bool hasRegion)
    {
        var random = new Random(first);
        Tensor Draw(int channels, Func<float> value) =>
            Tensor.From(
                Enumerable.Range(0, count * channels * Side * Side).Select(_ => value()).ToArray(), count, channels,
                Side, Side);
        var batch = new ValidationBatch
        {
            Ids = [.. Enumerable.Range(first, count).Select(id => $"{id:D3}")],
            [Channel.Photo] = Draw(3, () => random.Next(256)),
            [Channel.Wrinkles] = Draw(1, () => random.Next(2)),
            [Channel.ScoredRegion] = hasRegion ? Draw(1, () => random.Next(4) > 0 ? 1 : 0) : null,
        };
        return (batch, Draw(logits, () => random.NextSingle() - 0.5f));
    }

    private static IEnumerable<ConfusionCounts> Counts(ValidationBatch batch, Tensor output)
    {
        for (var i = 0; i < batch.Ids.Count; i++)
        {
            var logits = output.Narrow(0, i, 1).ToArray<float>();
            var found = output.Size(1) == 1
                ? logits
                : [.. logits[(Side * Side)..].Zip(logits, (wrinkle, rest) => wrinkle - rest)];
            yield return ConfusionCounts.Count(
                MaskOf(found), MaskOf(batch[Channel.Wrinkles]!.Narrow(0, i, 1).ToArray<float>()),
                batch[Channel.ScoredRegion] is { } scored
                    ? MaskOf(scored.Narrow(0, i, 1).ToArray<float>())
                    : null);
        }
    }

    private static Mask MaskOf(float[] values)
    {
        var mask = new Mask(Side, Side);
        for (var i = 0; i < values.Length; i++)
            mask.Samples[i] = values[i] > 0 ? Mask.Set : (byte)0;
        return mask;
    }
}
