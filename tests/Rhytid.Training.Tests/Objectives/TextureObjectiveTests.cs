using Rhytid.Torch;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Objectives;
using static Rhytid.Training.Tests.Objectives.PretextCases;

namespace Rhytid.Training.Tests.Objectives;

public sealed class TextureObjectiveTests
{
    [Theory]
    [InlineData(-1, 1, -1, -0.6, 1)]
    [InlineData(0, 1, 0, 0.2, 1)]
    [InlineData(0.5, 0.75, 0.5, 0.55, 0.75)]
    public void Texture_levels_get_the_targets_range(double low, double high, double at0, double at51, double at255)
    {
        using var scope = TensorScope.Begin();
        var batch = new TrainingBatch
        {
            Ids = ["a"],
            [Channel.Photo] = Tensor.Full([1, 3, 1, 3], 255),
            [Channel.Texture] = Tensor.From([0f, 51, 255], 1, 1, 1, 3),
            [Channel.ScoredRegion] = Tensor.From([1f, 0, 1], 1, 1, 1, 3)
        };

        var prepared = new TextureObjective(Moon, low, high).Prepare(batch, epoch: 0);

        Assert.Equal([at0, at51, at255], prepared.Targets.Values.ToArray<float>().Select(value => Math.Round(value, 5)));
        Assert.Equal([1, 0, 1], prepared.Targets.Scored!.ToArray<float>());
        Assert.All(prepared.Inputs.ToArray<float>(), value => Assert.Equal(1, value, 1e-6));
        Assert.Contains(
            "texture maps",
            Assert.Throws<DatasetException>(
                () => new TextureObjective(Moon).Prepare(batch.With(Channel.Texture, null), 0)).Message,
            StringComparison.Ordinal);
        Assert.Null(((IObjective)new TextureObjective(Moon)).CreateMetric());
    }
}
