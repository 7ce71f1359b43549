using Rhytid.Torch;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Objectives;
using Rhytid.Training.Tests.Augmentation;
using static Rhytid.Training.Tests.Objectives.PretextCases;

namespace Rhytid.Training.Tests.Objectives;

public sealed class DenoisingObjectiveTests
{
    // (x + sigma eps) / sqrt(1 + sigma^2), and eps is the answer.
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Noise_is_added_as_the_specification_says(bool isSimple, bool toImage)
    {
        using var scope = TensorScope.Begin();
        const double Sigma = 0.2;
        var batch = TestBatches.Of(32, 24, TestBatches.Ids(2));
        var clean = batch.Photo.ToArray<float>().Select(level => (level / 127.5) - 1).ToArray();

        var prepared = new DenoisingObjective(Moon, Sigma, isSimple, toImage, seed: 1).Prepare(batch, epoch: 3);

        var noise =
            new DenoisingObjective(Moon, Sigma, isSimple: false, toImage: false, seed: 1).Prepare(
                batch, epoch: 3).Targets.Values.ToArray<float>();
        var scale = isSimple ? 1 : Math.Sqrt(1.04);
        AssertClose([.. clean.Zip(noise, (x, eps) => (x + (Sigma * eps)) / scale)], prepared.Inputs, 2e-6);
        AssertClose(toImage ? clean : [.. noise.Select(eps => (double)eps)], prepared.Targets.Values, 2e-6);
        Assert.Same(batch[Channel.ScoredRegion], prepared.Targets.Scored);
    }

    [Fact]
    public void Noise_is_normal_and_follows_from_seed_epoch_and_id_alone()
    {
        using var scope = TensorScope.Begin();
        var batch = TestBatches.Of(64, 64, TestBatches.Ids(4));
        float[] Noise(TrainingBatch of, int epoch = 2, int seed = 5) =>
            new DenoisingObjective(Moon, 0.2, isSimple: false, toImage: false, seed).Prepare(
                of, epoch).Targets.Values.ToArray<float>();
        var noise = Noise(batch);

        var one = noise.Length / 4;
        Assert.Equal(noise[(2 * one)..(3 * one)], Noise(TestBatches.Row(batch, 2)));
        Assert.NotEqual(noise[..one], noise[one..(2 * one)]);
        Assert.NotEqual(noise[..(one / 3)], noise[(one / 3)..(2 * one / 3)]);
        Assert.NotEqual(noise, Noise(batch, epoch: 3));
        Assert.NotEqual(noise, Noise(batch, seed: 6));
        // Four standard deviations of each estimate; 4.55 % lie beyond two.
        Assert.InRange(noise.Average(), -4 / Math.Sqrt(noise.Length), 4 / Math.Sqrt(noise.Length));
        Assert.InRange(
            Math.Sqrt(noise.Average(eps => (double)eps * eps)), 1 - (4 / Math.Sqrt(2.0 * noise.Length)),
            1 + (4 / Math.Sqrt(2.0 * noise.Length)));
        Assert.Equal(
            0.0455, noise.Count(eps => Math.Abs(eps) > 2) / (double)noise.Length,
            4 * Math.Sqrt(0.0455 * 0.9545 / noise.Length));
    }
}
