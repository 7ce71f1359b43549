using Rhytid.Torch;
using Rhytid.Training.Losses;
using Rhytid.Training.Recipes;

namespace Rhytid.Training.Tests.Losses;

/// <summary>Losses of pictures and of several heads, by hand.</summary>
public sealed class HeadLossTests
{
    // SimMIM: sum |x - y| m / (sum m + 1e-5) / 3.
    [Fact]
    public void Hidden_pixels_alone_make_the_absolute_error()
    {
        using var scope = TensorScope.Begin();
        var output = Tensor.From([1f, 2, 3, 4, 5, 6], 1, 3, 1, 2);
        var photo = Tensor.From([0f, 9, 5, 9, 1, 9], 1, 3, 1, 2);
        var loss = new L1Loss();

        var hidden = loss.Compute([output], new LossTarget(photo, Tensor.From([1f, 0], 1, 1, 1, 2)));

        Assert.Equal((1 + 2 + 4) / (1 + 1e-5) / 3, hidden.Total.ToDouble(), 1e-6);
        Assert.Equal("l1_loss", Assert.Single(hidden.Parts).Key);
        Assert.Equal(
            (1 + 7 + 2 + 5 + 4 + 3) / 6.0, loss.Compute([output], new LossTarget(photo)).Total.ToDouble(), 1e-6);
    }

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
}
