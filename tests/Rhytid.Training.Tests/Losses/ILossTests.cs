using Rhytid.Torch;
using Rhytid.Training.Losses;
using static Rhytid.Training.Tests.Losses.LossCases;

namespace Rhytid.Training.Tests.Losses;

public sealed class ILossTests
{
    public static TheoryData<string, double> Golden => new()
    {
        { "dice-sq", 0.26409495548961426 },
        { "dice", 0.34736842105263155 },
        { "focal-sum", 2.0920569968943523 },
        { "focal", 0.5230142492235881 },
        { "bce", 0.9587654910730044 },
        { "dice-c", 0.4275303643724696 },
        { "dice-c-image", 0.4275303643724696 },
        { "bce+dice+focal", 0.9587654910730044 + 0.34736842105263155 + 0.5230142492235881 },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void Golden_values(string loss, double expected)
    {
        using var scope = TensorScope.Begin();
        Assert.Equal(expected, Value(Make(loss), [Logit(P)], Q), 1e-5);
    }

    [Theory]
    [MemberData(nameof(Golden))]
    public void Two_logits_say_the_same(string loss, double expected)
    {
        using var scope = TensorScope.Begin();
        var one = Logit(P);
        var two = Tensor.Cat([(one * -0.25) + 1, (one * 0.75) + 1], 1);
        Assert.Equal(expected, Value(Make(loss), [two], Q), 1e-5);
    }

    // A pixel outside the scored region may say anything.
    [Theory]
    [MemberData(nameof(Golden))]
    public void Pixels_outside_the_scored_region_never_count(string loss, double expected)
    {
        _ = expected;
        using var scope = TensorScope.Begin();
        var scored = Tensor.From([1f, 1f, 1f, 1f, 0f, 0f, 0f, 0f], 1, 1, 2, 4);
        float[] wide(float[] left, float right) => [.. left, right, right, right, right];
        var first =
            Make(loss).Compute(
                [Logit(wide(P, 0.99f), 2, 4)],
                new LossTarget(Tensor.From(wide(Q, 0), 1, 1, 2, 4), scored)).Total.ToDouble();
        var second =
            Make(loss).Compute(
                [Logit(wide(P, 0.01f), 2, 4)],
                new LossTarget(Tensor.From(wide(Q, 1), 1, 1, 2, 4), scored)).Total.ToDouble();
        Assert.Equal(first, second, 1e-6);
        Assert.Equal(Value(Make(loss), [Logit(P)], Q), first, 1e-5);
    }

    [Theory]
    [InlineData("mse")]
    [InlineData("dice-sq")]
    [InlineData("dice")]
    [InlineData("focal")]
    [InlineData("focal-sum")]
    [InlineData("bce")]
    [InlineData("dice-c")]
    [InlineData("dice-c-image")]
    [InlineData("bce+dice+focal")]
    [InlineData("wds")]
    [InlineData("l1")]
    [InlineData("cldice")]
    [InlineData("ohem")]
    [InlineData("deep")]
    public void Gradients_agree_with_finite_differences(string name)
    {
        using var scope = TensorScope.Begin();
        var loss = Make(name);
        var random = new Random(5);
        var values = Enumerable.Range(0, 2 * 2 * 4 * 4).Select(_ => (random.NextDouble() * 4) - 2).ToArray();
        var truth = Tensor.From(
            Enumerable.Range(0, 2 * 4 * 4).Select(_ => (double)random.Next(2)).ToArray(), 2, 1, 4, 4);
        var scored = Tensor.From(
            Enumerable.Range(0, 2 * 4 * 4).Select(i => i % 5 == 0 ? 0.0 : 1.0).ToArray(), 2, 1, 4, 4);
        Tensor At(double[] at)
        {
            var output = Tensor.From(at, 2, 2, 4, 4);
            var heads = name is "wds" or "deep" ? new[] { output, output * 0.5, output * 2, output + 0.1 } : [output];
            var target = name is "mse" or "l1" ? Tensor.Cat([truth, truth * 0.5], 1) : truth;
            return loss.Compute(heads, new LossTarget(target, scored)).Total;
        }

        var leaf = Tensor.From(values, 2, 2, 4, 4);
        leaf.RequiresGrad = true;
        var all = name is "wds" or "deep" ? new[] { leaf, leaf * 0.5, leaf * 2, leaf + 0.1 } : [leaf];
        loss.Compute(
            all,
            new LossTarget(
                name is "mse" or "l1" ? Tensor.Cat([truth, truth * 0.5], 1) : truth, scored)).Total.Backward();
        var gradient = leaf.Grad!.ToArray<double>();

        const double Step = 1e-5;
        for (var i = 0; i < values.Length; i++)
        {
            var (up, down) = ((double[])values.Clone(), (double[])values.Clone());
            up[i] += Step;
            down[i] -= Step;
            var expected = (At(up).ToDouble() - At(down).ToDouble()) / (2 * Step);
            Assert.Equal(expected, gradient[i], 1e-6 + (1e-5 * Math.Abs(expected)));
        }
    }

    [Theory]
    [InlineData("bce")]
    [InlineData("focal")]
    [InlineData("dice")]
    [InlineData("dice-c")]
    public void Large_logits_give_no_na_n(string loss)
    {
        using var scope = TensorScope.Begin();
        var value = Value(Make(loss), [Tensor.From([500f, -500f, 500f, -500f], 1, 1, 2, 2)], Q);
        Assert.True(double.IsFinite(value));
    }

    private static double Value(ILoss loss, Tensor[] outputs, float[] truth) =>
        loss.Compute(outputs, new LossTarget(Tensor.From(truth, 1, 1, 2, 2))).Total.ToDouble();

    private static ILoss Make(string name) => name switch
    {
        "mse" => new MeanSquaredError(),
        "l1" => new L1Loss(),
        "cldice" => new SoftClDiceLoss(),
        "ohem" => new OhemCrossEntropy(),
        "deep" => new DeepSupervision(new BinaryDice()),
        "dice-sq" => new BinaryDice(Squared: true),
        "dice" => new BinaryDice(),
        "focal" => new FocalLoss(),
        "focal-sum" => new FocalLoss(Sum: true),
        "bce" => new CrossEntropy(),
        "dice-c" => new SoftDice(),
        "dice-c-image" => new SoftDice(Pooling.Image),
        "wds" => new WeightedDeepSupervision((truth, cell) => (truth * 0.5) + (0.1 * cell)),
        _ => new WeightedSum((new CrossEntropy(), 1), (new BinaryDice(), 1), (new FocalLoss(), 1)),
    };
}
