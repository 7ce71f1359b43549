using Rhytid.Torch;
using Rhytid.Training.Losses;

namespace Rhytid.Training.Tests.Losses;

public sealed class LossKindsTests
{
    private const int Side = 16;

    // Every loss that a recipe may name, and heads.
    public static TheoryData<string> Losses => [.. LossKinds.Table.All.Select(loss => loss.Name)];

    [Theory]
    [MemberData(nameof(Losses))]
    public void Pixels_outside_never_count(string id)
    {
        using var scope = TensorScope.Begin();
        var loss = LossOf(id);
        var random = new Random(3);
        var channels = id is "mse" or "l1" ? 2 : 1;
        var scored = Tensor.From(
            Enumerable.Range(0, 2 * Side * Side).Select(i => i % Side < 11 ? 1.0f : 0).ToArray(), 2, 1, Side, Side);
        Tensor Drawn(int count, Func<float> value) =>
            Tensor.From(
                Enumerable.Range(0, 2 * count * Side * Side).Select(_ => value()).ToArray(), 2, count, Side, Side);
        Tensor Outside(Tensor inside, Tensor other) => (inside * scored) + (other * (1 - scored));
        Tensor[] Heads() => [.. Enumerable.Range(0, 4).Select(_ => Drawn(2, () => (random.NextSingle() * 4) - 2))];
        var (first, second) = (Heads(), Heads());
        var (truth, otherTruth) = (Drawn(channels, () => random.Next(2)), Drawn(channels, () => random.Next(2)));
        Tensor[] changed = [.. first.Zip(second, Outside)];
        foreach (var head in changed)
            head.RequiresGrad = true;

        var before = loss.Compute(first, new LossTarget(truth, scored)).Total;
        var after = loss.Compute(changed, new LossTarget(Outside(truth, otherTruth), scored)).Total;
        var inside = loss.Compute(changed, new LossTarget(Outside(otherTruth, truth), scored)).Total;
        after.Backward();

        Assert.Equal(before.ToDouble(), after.ToDouble(), 1e-6);
        Assert.NotEqual(before.ToDouble(), inside.ToDouble(), 1e-4);
        foreach (var head in changed.Where(head => head.Grad is not null))
            Assert.Equal(0, (head.Grad! * (1 - scored)).Abs().Sum().ToDouble());
        Assert.NotEqual(0, (changed[0].Grad! * scored).Abs().Sum().ToDouble());
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Where_nothing_counts_the_loss_is_a_number(string id)
    {
        using var scope = TensorScope.Begin();
        var loss = LossOf(id);
        var heads = Enumerable.Range(0, 4).Select(_ => Tensor.Ones([1, 2, Side, Side])).ToArray();

        Assert.True(
            double.IsFinite(
                loss.Compute(
                    heads,
                    new LossTarget(
                        Tensor.Ones([1, id is "mse" or "l1" ? 2 : 1, Side, Side]),
                        Tensor.Zeros([1, 1, Side, Side]))).Total.ToDouble()));
    }

    private static ILoss LossOf(string id) => LossKinds.Table.Get(id);
}
