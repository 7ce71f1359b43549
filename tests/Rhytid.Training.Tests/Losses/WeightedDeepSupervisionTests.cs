using Rhytid.Torch;
using Rhytid.Training.Losses;
using Rhytid.Training.Recipes;
using static Rhytid.Training.Tests.Losses.LossCases;

namespace Rhytid.Training.Tests.Losses;

public sealed class WeightedDeepSupervisionTests
{
    // The weights of WDS: wrinkles at row 1, columns 1 to 5, and at row 6, column 6.
    [Fact]
    public void The_recipes_weighted_deep_supervision_is_the_specifications()
    {
        using var scope = TensorScope.Begin();
        var truth = new float[64];
        foreach (var place in new[] { 9, 10, 11, 12, 13, 54 })
            truth[place] = 1;
        int[] rows2 = [63, 63, 127, 127, 127, 127, 95, 95];
        int Level(int cell, int y, int x) => cell switch
        {
            2 => y < 2 ? rows2[x] : y >= 6 && x >= 6 ? 63 : 95,
            4 => y < 4 ? (x < 4 ? 47 : 31) : x < 4 ? 31 : 15,
            8 => 23,
            _ => 255,
        };
        var random = new Random(4);
        var heads =
            Enumerable.Range(0, 4)
                .Select(_ => Enumerable.Range(0, 64).Select(_ => (random.NextSingle() * 4) - 2).ToArray())
                .ToList();
        var expected = heads.Zip([1, 2, 4, 8])
            .Sum(head =>
                WeightedDice(head.First, truth, i => truth[i] == 1 ? 1 : Level(head.Second, i / 8, i % 8) / 255.0));

        var loss = RecipeBook.Load("moon-wds-unet").ToPlan().Loss.Compute(
            [.. heads.Select(head => Tensor.Cat([Tensor.Zeros([1, 1, 8, 8]), Tensor.From(head, 1, 1, 8, 8)], 1))],
            new LossTarget(Tensor.From(truth, 1, 1, 8, 8)));

        Assert.Equal(expected, loss.Total.ToDouble(), 1e-5);
        Assert.Equal(["dice_loss_1", "dice_loss_2", "dice_loss_4", "dice_loss_8"], loss.Parts.Keys);
    }

    private static double WeightedDice(float[] logits, float[] truth, Func<int, double> weight)
    {
        var (both, sizes) = (new double[2], new double[2]);
        for (var i = 0; i < logits.Length; i++)
        {
            var p = 1 / (1 + Math.Exp(-logits[i]));
            both[0] += weight(i) * p * truth[i];
            sizes[0] += weight(i) * (p + truth[i]);
            both[1] += weight(i) * (1 - p) * (1 - truth[i]);
            sizes[1] += weight(i) * (2 - p - truth[i]);
        }
        return 1 - (((2 * both[0] / sizes[0]) + (2 * both[1] / sizes[1])) / 2);
    }

    // WDS, worked by hand.
    [Fact]
    public void Weighted_dice()
    {
        using var scope = TensorScope.Begin();
        var weight = Tensor.From([1f, 0.5f, 1f, 1f], 1, 1, 2, 2);
        var loss = WeightedDeepSupervision.Dice(Logit(P), new LossTarget(Tensor.From(Q, 1, 1, 2, 2)), weight);
        Assert.Equal(0.4964537245320002, loss.ToDouble(), 1e-5);
    }
}
