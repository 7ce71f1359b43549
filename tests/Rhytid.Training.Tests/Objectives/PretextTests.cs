using Rhytid.Models;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Torch.Nn;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Objectives;
using Rhytid.Training.Tests.Augmentation;

namespace Rhytid.Training.Tests.Objectives;

/// <summary>What pre-trainings give the network and want from it.</summary>
public sealed class PretextTests
{
    private static readonly Preprocessing Moon = Preprocessing.Moon(3, masked: false);

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

    [Fact]
    public void Reconstruction_wants_what_it_gives()
    {
        using var scope = TensorScope.Begin();
        var batch = TestBatches.Of(16, 20, "a");

        var prepared = RestorationObjective.Reconstruct(Moon).Prepare(batch, epoch: 0);

        AssertClose([.. batch.Photo.ToArray<float>().Select(level => (level / 127.5) - 1)], prepared.Inputs, 1e-6);
        Assert.Equal(prepared.Inputs.ToArray<float>(), prepared.Targets.Values.ToArray<float>());
    }

    // NumPy's numbers of the same filter.
    [Fact]
    public void Blur_is_the_texture_maps()
    {
        using var scope = TensorScope.Begin();
        var levels =
            Enumerable.Range(0, 32 * 32)
                .Select(i => (float)(((7 * (i % 32)) + (13 * (i / 32)) + (i % 32 * (i / 32) % 11)) % 256))
                .ToArray();
        var gray = Tensor.From(levels, 1, 1, 32, 32);

        var prepared = RestorationObjective.Deblur(Moon)
            .Prepare(new TrainingBatch { Ids = ["a"], [Channel.Photo] = gray.Expand(1, 3, 32, 32) }, epoch: 0);

        var blurred = ((prepared.Inputs + 1) * 127.5).Narrow(1, 1, 1).ToArray<float>();
        Assert.Equal(77.732405, blurred[0], 1e-3);
        Assert.Equal(123.306946, blurred[(5 * 32) + 7], 1e-3);
        Assert.Equal(83.747384, blurred[^1], 1e-3);
        AssertClose(
            [.. Enumerable.Repeat(levels, 3).SelectMany(plane => plane).Select(level => (level / 127.5) - 1)],
            prepared.Targets.Values, 1e-6);
    }

    // 21 x 21 weights of deviation 5, the border mirrored without its own pixel, each picture and channel by itself.
    [Fact]
    public void Blur_is_that_of_a_hand_made_filter()
    {
        using var scope = TensorScope.Begin();
        var batch = TestBatches.Of(24, 30, TestBatches.Ids(2));
        var photo = batch.Photo.ToArray<float>();
        var weights = Enumerable.Range(-10, 21).Select(i => Math.Exp(-i * i / 50.0)).ToArray();
        var sum = weights.Sum();
        int Mirror(int at, int length) => at < 0 ? -at : at >= length ? (2 * length) - 2 - at : at;
        double Blurred(int plane, int y, int x) => Enumerable.Range(-10, 21).Sum(v => Enumerable.Range(-10, 21).Sum(u =>
            weights[v + 10] * weights[u + 10] * photo[(((plane * 24) + Mirror(y + v, 24)) * 30) + Mirror(x + u, 30)]))
                / (sum * sum);

        var blurred = RestorationObjective.Deblur(Moon).Prepare(batch, epoch: 0).Inputs;

        AssertClose(
            [.. Enumerable.Range(0, 6 * 24 * 30).Select(i => (Blurred(i / 720, i % 720 / 30, i % 30) / 127.5) - 1)],
            blurred, 1e-5);
    }

    [Fact]
    public void Small_photos_are_those_of_py_torch()
    {
        using var scope = TensorScope.Begin();
        var golden = GoldenFolder
            .Json("training", "torch.json")
            .GetProperty("cases")
            .EnumerateArray()
            .Single(entry => entry.GetProperty("op").GetString() == "superres");
        var shape = golden.GetProperty("shape").Longs();
        var photo = Tensor.From(GoldenFormula.Values("superres.input", shape), shape);

        var prepared = RestorationObjective.SuperResolve(Moon)
            .Prepare(new TrainingBatch { Ids = ["a"], [Channel.Photo] = (photo + 1) * 127.5 }, epoch: 0);

        AssertClose(
            [.. golden.GetProperty("values").EnumerateArray().Select(value => value.GetDouble())], prepared.Inputs, 1e-5);
        AssertClose([.. photo.ToArray<float>().Select(value => (double)value)], prepared.Targets.Values, 1e-6);
    }

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

    private static void AssertClose(double[] expected, Tensor actual, double tolerance)
    {
        var values = actual.ToArray<float>();
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < values.Length; i++)
            Assert.True(Math.Abs(expected[i] - values[i]) <= tolerance, $"{values[i]} at {i} instead of {expected[i]}");
    }
}
