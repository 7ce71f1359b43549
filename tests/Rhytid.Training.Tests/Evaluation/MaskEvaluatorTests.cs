using Rhytid.Imaging;
using Rhytid.Scores;
using Rhytid.Tests.Shared;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Evaluation;
using Rhytid.Training.Tests.Datasets;
using Rhytid.Training.Tests.Datasets.Annotators;
using Rhytid.Training.Tests.Datasets.Sets;

namespace Rhytid.Training.Tests.Evaluation;

public sealed class MaskEvaluatorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_golden_example_scores_as_specified()
    {
        Save("data/masks/a.png", "1000", "0110");
        Save("predicted/a.png", "1100", "0100");

        var evaluation = Run();

        var image = Assert.Single(evaluation.Images);
        Assert.Equal(new ConfusionCounts(2, 1, 1, 4), image.Counts.Pixels);
        double[] expected = [0.5, 0.6667, 0.6667, 0.6667, 0.8, 0.75];
        Assert.Equal(expected, evaluation.Scores.Take(6).Select(score => Math.Round(score.Of(image.Counts), 4)));
        Assert.Equal(
            ["f1_1px", "precision_1px", "recall_1px"], evaluation.Scores.Skip(6).Take(3).Select(score => score.Key));
        Assert.Equal(1, evaluation.Scores[6].Of(image.Counts));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_result_does_not_depend_on_the_number_of_threads(int threads)
    {
        for (var i = 0; i < 12; i++)
        {
            TestDataset.Write(Masks.Random(20, 20, 0.2, i), _folder["data/masks"], $"{i:D2}.png");
            TestDataset.Write(Masks.Random(20, 20, 0.2, 100 + i), _folder["predicted"], $"{i:D2}.mask.png");
            TestDataset.Write(Noise(20, 20, i), _folder["predicted"], $"{i:D2}.map.png");
        }

        var evaluation =
            Run(new EvaluationOptions { Threads = threads, CenterLine = true, Maps = _folder["predicted"] });

        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"{i:D2}"), evaluation.Images.Select(image => image.Id));
        Assert.Equal(12 * 400, evaluation.Pooled!.Pixels.Total);
        Assert.Equal(12 * 400, evaluation.PooledMap!.PositiveCount + evaluation.PooledMap.NegativeCount);
        Assert.All(evaluation.Images, image => Assert.InRange(image.Map[0], 0.2, 0.8));
        var rows = ScoreTable.Compute(evaluation, resamples: 20);
        Assert.Equal(
            ["cldice", "auc", "average_precision", "calibration_error"], rows.Select(row => row.Key).TakeLast(4));
        Assert.Equal(evaluation.PooledMap.Auc, rows[^3].Pooled);
        Assert.Equal(evaluation.Images.Average(image => image.Map[0]), rows[^3].ImageMean, 12);
    }

    [Fact]
    public void What_cannot_be_scored_is_named_and_the_rest_is_scored()
    {
        foreach (var id in new[] { "good", "missing", "size", "damaged", "unmapped" })
            Save($"data/masks/{id}.png", "10", "00");
        Save("data/masks/smooth.png", "00", "00");
        foreach (var id in new[] { "good", "unmapped", "smooth" })
            Save($"predicted/{id}.png", "10", "00");
        Save("predicted/size.png", "100", "000");
        File.WriteAllText(_folder["predicted/damaged.png"], "no picture");
        TestDataset.Write(Noise(2, 2, 1), _folder["maps"], "good.png");

        var evaluation = Run(new EvaluationOptions { Maps = _folder["maps"] });
        var all = Run(new EvaluationOptions { Empty = EmptyCase.One });

        Assert.Equal(["good", "unmapped"], evaluation.Images.Select(image => image.Id));
        Assert.Equal(
            ["smooth", "missing", "unmapped"],
            evaluation.EmptyTruth.Concat(evaluation.Missing).Concat(evaluation.MissingMaps));
        Assert.Equal(["damaged", "size"], evaluation.Failed.Select(failure => failure.Id));
        Assert.Equal(
            $"{_folder["predicted/size.png"]}: the prediction has 3 x 2 pixels, the truth 2 x 2",
            evaluation.Failed[1].Reason);
        Assert.Equal(["good", "smooth", "unmapped"], all.Images.Select(image => image.Id));
    }

    private MaskEvaluation Run(EvaluationOptions? options = null) =>
        MaskEvaluator.Run(WrinkleDataset.Open(_folder["data"]), _folder["predicted"], options);

    private void Save(string file, params string[] rows) => TestDataset.Write(Masks.Of(rows), _folder[file]);

    private static Plane<byte> Noise(int width, int height, int seed)
    {
        var plane = new Plane<byte>(width, height);
        new Random(seed).NextBytes(plane.Samples);
        return plane;
    }
}
