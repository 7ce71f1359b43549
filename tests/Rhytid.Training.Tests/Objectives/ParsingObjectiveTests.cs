using Rhytid.Imaging;
using Rhytid.Scores;
using Rhytid.Torch;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Objectives;
using Rhytid.Training.Runs.Reporting;
using static Rhytid.Training.Tests.Objectives.MetricCases;

namespace Rhytid.Training.Tests.Objectives;

public sealed class ParsingObjectiveTests
{
    // By hand, over two batches: class 0 has 3 of 5 pixels, class 1 has 2 of 3, class 2 none of 1; class 3 does not
    // occur.
    [Fact]
    public void Classes_are_counted_over_all_images()
    {
        using var scope = TensorScope.Begin();
        var objective = new ParsingObjective(Moon);
        var metric = objective.CreateMetric();

        metric.Add(Parsed([0, 0, 1, 1]), Answer([0, 1, 1, 1]));
        metric.Add(Parsed([0, 0, 2, 1], [1, 1, 1, 0]), Answer([0, 0, 0, 0]));

        Assert.Equal(((3.0 / 5) + (2.0 / 3) + 0) / 3, metric.Score, 1e-12);
        Assert.Equal(metric.Score, metric.Values["val/mean_iou"]);
    }

    [Fact]
    public void Parsing_wants_labels()
    {
        using var scope = TensorScope.Begin();
        var batch = Parsed([0, 3, 2, 1]);

        var prepared = new ParsingObjective(Moon).Prepare(batch, epoch: 0);

        Assert.Equal([0, 3, 2, 1], prepared.Targets.Values.ToArray<float>());
        Assert.Equal([1, 3, 2, 2], prepared.Inputs.Shape);
        Assert.Contains(
            "--labels",
            Assert.Throws<DatasetException>(
                () => new ParsingObjective(Moon).Prepare(new ValidationBatch { Ids = batch.Ids, [Channel.Photo] = batch.Photo }, 0)).Message,
            StringComparison.Ordinal);
    }

    private static ValidationBatch Parsed(float[] labels, float[]? scored = null) =>
        new()
        {
            Ids = ["a"],
            [Channel.Photo] = Tensor.Zeros([1, 3, 2, 2]),
            [Channel.Labels] = Tensor.From(labels, 1, 1, 2, 2),
            [Channel.ScoredRegion] = scored is null ? null : Tensor.From(scored, 1, 1, 2, 2),
        };

    // Four classes' logits of which the named one is the largest.
    private static Tensor Answer(int[] classes) =>
        Tensor.From([.. Enumerable.Range(0, 16).Select(i => classes[i % 4] == i / 4 ? 2f : i % 3 / 2f)], 1, 4, 2, 2);
}
