using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Training.Batches;
using Rhytid.Training.Datasets.Sets;
using Rhytid.Training.Objectives;
using Rhytid.Training.Tests.Augmentation;
using static Rhytid.Training.Tests.Objectives.PretextCases;

namespace Rhytid.Training.Tests.Objectives;

public sealed class RestorationObjectiveTests
{
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
}
