using Rhytid.Torch;
using Rhytid.Training.Losses;
using Rhytid.Training.Tests.Distributed;

namespace Rhytid.Training.Tests.Losses;

[Collection(Alone.Name)]
public sealed class ReductionTests
{
    private const int Samples = 5;

    private const int Side = 8;

    private static readonly Dictionary<string, ILoss> Losses = new()
    {
        ["mse"] = new MeanSquaredError(),
        ["l1"] = new L1Loss(),
        ["dice-c"] = new SoftDice(),
        ["dice-c of images"] = new SoftDice(Pooling.Image),
        ["dice"] = new BinaryDice(Squared: false, Pooling.Batch),
        ["dice-sq of images"] = new BinaryDice(Squared: true),
        ["focal"] = new FocalLoss(),
        ["focal summed"] = new FocalLoss(Sum: true),
        ["bce"] = new CrossEntropy(3),
        ["cldice"] = new SoftClDiceLoss(2),
        ["ohem"] = new OhemCrossEntropy(),
        ["wds"] = new WeightedDeepSupervision(WrinkleWeights.Compute),
        ["sum of heads"] = new DeepSupervision(new WeightedSum((new SoftDice(), 1), (new CrossEntropy(), 0.5))),
    };

    public static TheoryData<string> Names => [.. Losses.Keys];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void The_loss_and_its_gradient_are_those_of_the_whole_batch(string name)
    {
        Skip.IfNot(ThreadRanks.Exist, "this build cannot join processes");
        Compare(name, isScored: false);
        Compare(name, isScored: true);
    }

    private static void Compare(string name, bool isScored)
    {
        using var scope = TensorScope.Begin();
        var (expected, gradient) = Compute(Losses[name], 0, Samples, isScored);

        // The parts differ in size.
        var ranks = ThreadRanks.Run(2, group =>
        {
            using var together = group.Use();
            return group.Rank == 0 ? Compute(Losses[name], 0, 2, isScored) : Compute(Losses[name], 2, 3, isScored);
        });

        Assert.All(ranks, rank => Assert.Equal(expected, rank.Loss, 1e-6 * Math.Max(1, expected)));
        float[] parts = [.. ranks[0].Gradient, .. ranks[1].Gradient];
        var largest = gradient.Max(Math.Abs);
        Assert.True(largest > 0);
        Assert.All(gradient.Zip(parts), pair => Assert.Equal(pair.First, pair.Second, 1e-5f * largest));
    }

    private static (double Loss, float[] Gradient) Compute(ILoss loss, int first, int count, bool isScored)
    {
        using var scope = TensorScope.Begin();
        var logits = Numbers(0.37, 2).Narrow(0, first, count).Clone();
        logits.RequiresGrad = true;
        var target = Numbers(0.11, 1).Greater(0.3).To(DType.Float32).Narrow(0, first, count);
        var scored = isScored ? Numbers(0.23, 1).Greater(-0.5).To(DType.Float32).Narrow(0, first, count) : null;
        var value = loss.Compute([logits, logits * 0.5], new LossTarget(target, scored)).Total;
        value.Backward();
        return (value.ToDouble(), logits.Grad!.ToArray<float>());
    }

    // (5, channels, 8, 8) between -1 and 1.
    private static Tensor Numbers(double step, int channels) =>
        Operator.Get("aten::sin")
            .Call(Tensor.Arange(Samples * channels * Side * Side, DType.Float32) * step)
            .Reshape(Samples, channels, Side, Side);
}
