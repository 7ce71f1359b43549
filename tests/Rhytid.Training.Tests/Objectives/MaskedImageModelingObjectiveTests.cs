using Rhytid.Models;
using Rhytid.Networks;
using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Objectives;
using Rhytid.Training.Tests.Augmentation;
using static Rhytid.Training.Tests.Objectives.PretextCases;

namespace Rhytid.Training.Tests.Objectives;

public sealed class MaskedImageModelingObjectiveTests
{
    // 32 x 32 cells at 1024, ceil(0.6 * 1024) = 615 of them hidden.
    [Theory]
    [InlineData(1024, 1024, 32, 0.6, 615)]
    [InlineData(128, 64, 32, 0.6, 5)]
    [InlineData(80, 80, 8, 0.55, 55)]
    [InlineData(64, 64, 32, 0, 0)]
    [InlineData(64, 64, 32, 1, 4)]
    public void Whole_patches_are_hidden_as_many_as_the_ratio_says(int height, int width, int patch, double ratio, int expected)
    {
        using var scope = TensorScope.Begin();
        var hidden = new MaskedImageModelingObjective(Moon, patch, ratio, seed: 1).Hidden(
            ["a", "b"], epoch: 0, height, width);

        var cells = hidden.AvgPool2d(patch).ToArray<float>();
        Assert.All(cells, share => Assert.True(share is 0 or 1));
        Assert.Equal(expected, cells[..(cells.Length / 2)].Sum());
        Assert.Equal(expected, cells[(cells.Length / 2)..].Sum());
    }

    [Fact]
    public void Patches_at_the_edge_of_odd_sizes_are_hidden_too()
    {
        using var scope = TensorScope.Begin();
        var hidden = new MaskedImageModelingObjective(Moon, 32, ratio: 1, seed: 1).Hidden(["a"], epoch: 0, 40, 70);
        Assert.Equal(40 * 70, hidden.Sum().ToDouble());
    }

    [Fact]
    public void Patches_follow_from_seed_epoch_and_id_and_are_spread_evenly()
    {
        using var scope = TensorScope.Begin();
        float[] Hidden(int epoch, int seed, params string[] ids) =>
            new MaskedImageModelingObjective(Moon, 8, 0.6, seed).Hidden(ids, epoch, 32, 32).ToArray<float>();

        Assert.Equal(Hidden(1, 1, "a", "b", "c")[(2 * 1024)..], Hidden(1, 1, "c"));
        Assert.NotEqual(Hidden(1, 1, "a"), Hidden(1, 1, "b"));
        Assert.NotEqual(Hidden(1, 1, "a"), Hidden(2, 1, "a"));
        Assert.NotEqual(Hidden(1, 1, "a"), Hidden(1, 2, "a"));
        // Ten of sixteen, in 400 pictures: four standard deviations.
        var often =
            new MaskedImageModelingObjective(Moon, 8, 0.6, 1).Hidden(TestBatches.Ids(400), 0, 32, 32)
                .AvgPool2d(8)
                .Mean([0])
                .ToArray<float>();
        Assert.All(
            often,
            share =>
                Assert.InRange(
                    share, 0.625 - (4 * Math.Sqrt(0.625 * 0.375 / 400)), 0.625 + (4 * Math.Sqrt(0.625 * 0.375 / 400))));
    }

    [Fact]
    public void Hidden_pixels_alone_are_asked_for_and_the_network_is_told_or_shown_grey()
    {
        using var scope = TensorScope.Begin();
        var batch = TestBatches.Of(64, 64, "a");
        var photo = batch.Photo.ToArray<float>().Select(level => (level / 127.5) - 1).ToArray();

        var told = new MaskedImageModelingObjective(Preprocessing.Moon(4, masked: false), 16, 0.6, seed: 1).Prepare(
            batch, epoch: 0);
        var shown = new MaskedImageModelingObjective(Moon, 16, 0.6,
            seed: 1).Prepare(batch.With(Channel.ScoredRegion, null), epoch: 0);

        var hidden = shown.Targets.Scored!;
        Assert.Equal(10 * 256, hidden.Sum().ToDouble());
        Assert.Equal([1, 4, 64, 64], told.Inputs.Shape);
        AssertClose(photo, told.Inputs.Narrow(1, 0, 3), 1e-6);
        Assert.Equal(hidden.ToArray<float>(), told.Inputs.Narrow(1, 3, 1).ToArray<float>());
        AssertClose(photo, told.Targets.Values, 1e-6);
        Assert.Equal((hidden * batch[Channel.ScoredRegion]!).ToArray<float>(), told.Targets.Scored!.ToArray<float>());
        Assert.Equal([1, 3, 64, 64], shown.Inputs.Shape);
        var visible = (1 - hidden).ToArray<float>();
        AssertClose([.. photo.Select((value, i) => value * visible[i % visible.Length])], shown.Inputs, 1e-6);
    }
}
