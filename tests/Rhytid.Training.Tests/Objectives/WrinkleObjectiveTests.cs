using Rhytid.Imaging;
using Rhytid.Torch;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Objectives;
using Rhytid.Training.Runs.Reporting;
using static Rhytid.Training.Tests.Objectives.MetricCases;

namespace Rhytid.Training.Tests.Objectives;

public sealed class WrinkleObjectiveTests
{
    // A line keeps its weight; beside it lie the samples of a Gaussian of deviation 1.5, cut at 5 pixels.
    [Fact]
    public void Softening_blurs_beside_lines_and_only_in_training()
    {
        using var scope = TensorScope.Begin();
        var mask = Tensor.Zeros([1, 1, 21, 21]);
        mask[0, 0, .., 10].FillInPlace(1);
        var training = new TrainingBatch { Ids = ["a"], [Channel.Photo] = Tensor.Zeros([1, 3, 21, 21]),
            [Channel.Wrinkles] = mask };
        var objective = new WrinkleObjective(Moon, softening: 1.5);

        var soft = objective.Prepare(training, epoch: 0).Targets.Values.ToArray<float>();

        var weights = Enumerable.Range(-5, 11).Select(i => Math.Exp(-i * i / 4.5)).ToArray();
        for (var i = 0; i < soft.Length; i++)
            Assert.Equal(
                i % 21 == 10 ? 1 : Math.Abs((i % 21) - 10) > 5 ? 0 : weights[(i % 21) - 5] / weights.Sum(), soft[i],
                1e-6);
        var validation = new ValidationBatch { Ids = ["a"], [Channel.Photo] = training.Photo,
            [Channel.Wrinkles] = mask };
        Assert.Equal(mask.ToArray<float>(), objective.Prepare(validation, epoch: 0).Targets.Values.ToArray<float>());
        Assert.Equal(
            mask.ToArray<float>(),
            new WrinkleObjective(Moon).Prepare(training, epoch: 0).Targets.Values.ToArray<float>());
        Assert.Contains(
            "no manual mask",
            Assert.Throws<DatasetException>(() => objective.Prepare(training.With(Channel.Wrinkles, null), 0)).Message,
            StringComparison.Ordinal);
    }
}
