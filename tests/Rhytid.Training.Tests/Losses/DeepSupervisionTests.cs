using Rhytid.Torch;
using Rhytid.Training.Losses;

namespace Rhytid.Training.Tests.Losses;

public sealed class DeepSupervisionTests
{
    [Fact]
    public void Deep_supervision_is_the_mean_of_the_heads_and_logs_the_main_one()
    {
        using var scope = TensorScope.Begin();
        var target = new LossTarget(Tensor.From([1f, 0, 0, 1], 1, 1, 2, 2));
        Tensor[] heads =
        [
            Tensor.From([1f, -2, 0, 1], 1, 1, 2, 2), Tensor.From([0f, 0, 0, 0], 1, 1, 2, 2),
            Tensor.From([-1f, 3, 0, 2], 1, 1, 2, 2)
        ];
        var one = new WeightedSum((new CrossEntropy(), 1), (new BinaryDice(), 2));

        var deep = new DeepSupervision(one).Compute(heads, target);

        Assert.Equal(heads.Average(head => one.Compute([head], target).Total.ToDouble()), deep.Total.ToDouble(), 1e-6);
        Assert.Equal(["bce_loss", "dice_loss"], deep.Parts.Keys);
        Assert.Equal(
            new CrossEntropy().Compute([heads[0]], target).Total.ToDouble(), deep.Parts["bce_loss"].ToDouble(), 1e-6);
        // Zeros everywhere: cross entropy is ln 2, Dice 1 - 2 * 1 / (2 + 2).
        Assert.Equal(Math.Log(2) + (2 * 0.5), one.Compute([heads[1]], target).Total.ToDouble(), 1e-5);
    }
}
