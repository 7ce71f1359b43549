using Rhytid.Tests.Shared;
using Rhytid.Torch;
using Rhytid.Training.Losses;
using static Rhytid.Training.Tests.Losses.GoldenLosses;

namespace Rhytid.Training.Tests.Losses;

public sealed class SoftClDiceLossTests
{
    public static TheoryData<string> CenterLines => Ids("cldice");

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

    // Pixel (x, y) of picture i is a wrinkle where y is within i + 1 of 5 + x / 4.
    private static Tensor Lines(long[] shape)
    {
        var values = new float[shape[0] * shape[2] * shape[3]];
        Each(shape, (i, y, x, place) => values[place] = Math.Abs(y - 5 - (x / 4)) <= i + 1 ? 1 : 0);
        return Tensor.From(values, shape[0], 1, shape[2], shape[3]);
    }
}
