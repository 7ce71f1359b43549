using System.Text.Json;
using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Training.Losses;

namespace Rhytid.Training.Tests.Losses;

/// <summary>Against PyTorch's own results (tests/Golden/make_training.py).</summary>
public sealed class GoldenLossTests
{
    public static TheoryData<string> CenterLines => Ids("cldice");

    public static TheoryData<string> HardPixels => Ids("ohem");

    [Theory]
    [MemberData(nameof(CenterLines))]
    public void Centre_lines_are_those_of_the_paper(string id)
    {
        using var scope = TensorScope.Begin();
        var golden = Golden("cldice", id);
        var shape = golden.GetProperty("shape").Longs();
        var truth = Lines(shape);
        var logits = (((truth * 2) - 1) * golden.GetProperty("strength").GetDouble())
            + (Tensor.From(GoldenFormula.Values($"cldice-{id}.input", shape), shape) * 2);
        var scored = Scored(golden, shape);

        var loss = new SoftClDiceLoss().Compute([logits], new LossTarget(truth, scored));

        Assert.Equal(golden.GetProperty("loss").GetDouble(), loss.Total.ToDouble(), 1e-5);
        Assert.Equal("cldice_loss", Assert.Single(loss.Parts).Key);
        Assert.Equal(
            golden.GetProperty("lines").GetDouble(),
            SoftClDiceLoss.Skeleton(scored is null ? truth : truth * scored, iterations: 5).Sum().ToDouble(), 1e-3);
    }

    [Fact]
    public void Perfect_centre_lines_cost_nothing()
    {
        using var scope = TensorScope.Begin();
        var truth = Lines([2, 1, 16, 24]);
        var perfect = ((truth * 2) - 1) * 30;
        Assert.InRange(
            new SoftClDiceLoss().Compute([perfect], new LossTarget(truth)).Total.ToDouble(), -1e-5, 1e-5);
        Assert.InRange(new SoftClDiceLoss().Compute([-perfect], new LossTarget(truth)).Total.ToDouble(), 0.9, 1);
        // Nothing to find and nothing found.
        var nothing = Tensor.Zeros([1, 1, 8, 8]);
        Assert.Equal(
            0, new SoftClDiceLoss().Compute([nothing - 100], new LossTarget(nothing)).Total.ToDouble(), 1e-6);
    }

    [Theory]
    [MemberData(nameof(HardPixels))]
    public void Hard_pixels_are_those_of_face_parsing(string id)
    {
        using var scope = TensorScope.Begin();
        var golden = Golden("ohem", id);
        var shape = golden.GetProperty("shape").Longs();
        var classes = new float[shape[0] * shape[2] * shape[3]];
        var favoured = new float[shape[0] * shape[1] * shape[2] * shape[3]];
        Each(shape, (i, y, x, place) =>
        {
            var kind = (i + (3 * x) + (5 * y)) % shape[1];
            classes[place] = kind;
            favoured[((((i * shape[1]) + kind) * shape[2]) + y) * shape[3] + x] = 1;
        });
        var right = Tensor.From(favoured, shape) * golden.GetProperty("strength").GetDouble();
        Tensor[] heads =
        [
            .. Enumerable.Range(0, 2)
                .Select(
                    head => (Tensor.From(GoldenFormula.Values($"ohem-{id}-{head}.input", shape), shape) * 3) + right)
        ];

        var loss = new OhemCrossEntropy().Compute(
            heads, new LossTarget(Tensor.From(classes, shape[0], 1, shape[2], shape[3]), Scored(golden, shape)));

        Assert.Equal(golden.GetProperty("loss").GetDouble(), loss.Total.ToDouble(), 1e-5);
    }

    // By hand: of 32 pixels at least two count. One has a loss of 1, all others are right beyond doubt.
    [Fact]
    public void As_many_pixels_count_as_must_and_no_more()
    {
        using var scope = TensorScope.Begin();
        var logits = new float[64];
        for (var i = 0; i < 32; i++)
            (logits[i], logits[32 + i]) = (500, 0);
        (logits[7], logits[39]) = ((float)-Math.Log(Math.E - 1), 0);

        var loss = new OhemCrossEntropy().Compute(
            [Tensor.From(logits, 1, 2, 4, 8)], new LossTarget(Tensor.Zeros([1, 1, 4, 8])));

        Assert.Equal(0.5, loss.Total.ToDouble(), 1e-5);
    }

    private static JsonElement Golden(string op, string id) =>
        GoldenFolder
            .Json("training", "torch.json")
            .GetProperty("cases")
            .EnumerateArray()
            .Single(entry => entry.GetProperty("op").GetString() == op && entry.GetProperty("id").GetString() == id);

    private static TheoryData<string> Ids(string op) =>
        [.. GoldenFolder
            .Json("training", "torch.json")
            .GetProperty("cases")
            .EnumerateArray()
            .Where(entry => entry.GetProperty("op").GetString() == op)
            .Select(entry => entry.GetProperty("id").GetString()!)];

    // Pixel (x, y) of picture i is a wrinkle where y is within i + 1 of 5 + x / 4.
    private static Tensor Lines(long[] shape)
    {
        var values = new float[shape[0] * shape[2] * shape[3]];
        Each(shape, (i, y, x, place) => values[place] = Math.Abs(y - 5 - (x / 4)) <= i + 1 ? 1 : 0);
        return Tensor.From(values, shape[0], 1, shape[2], shape[3]);
    }

    private static Tensor? Scored(JsonElement golden, long[] shape)
    {
        var first = golden.GetProperty("first_column").GetInt64();
        if (first == 0)
            return null;
        var values = new float[shape[0] * shape[2] * shape[3]];
        Each(shape, (_, _, x, place) => values[place] = x >= first ? 1 : 0);
        return Tensor.From(values, shape[0], 1, shape[2], shape[3]);
    }

    private static void Each(long[] shape, Action<long, long, long, long> pixel)
    {
        for (var place = 0L; place < shape[0] * shape[2] * shape[3]; place++)
            pixel(place / (shape[2] * shape[3]), place / shape[3] % shape[2], place % shape[3], place);
    }
}
